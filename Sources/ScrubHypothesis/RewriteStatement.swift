public import ScrubCore

/// A tensor in a file, as written.
public struct TensorStatement: Hashable, Sendable {
    /// Path as written, relative to the hypothesis.
    public var file: Located<String>
    public var tensor: Located<String>

    public init(file: Located<String>, tensor: Located<String>) {
        self.file = file
        self.tensor = tensor
    }
}

/// A rewrite of the graph, as written.
public struct RewriteStatement: Hashable, Sendable {
    /// A named group of nodes or numbers.
    public struct Group<Member: Hashable & Sendable>: Hashable, Sendable {
        public var name: Located<String>
        public var members: Member

        public init(_ name: Located<String>, _ members: Member) {
            self.name = name
            self.members = members
        }
    }

    public enum Form: Hashable, Sendable {
        case project(onto: TensorStatement)
        /// A column, perhaps times a direction.
        case estimateByColumn(Located<String>, along: TensorStatement?)
        case estimateByTokens(TensorStatement)
        case estimateByProbe(TensorStatement, of: Located<String>, bias: TensorStatement?)
        case split(parts: [Group<[Located<String>]>])
        case combine([Located<String>])
        case duplicate
        case unbias
        /// Groups of numbers as slices have them: `0:28`.
        case expand(groups: [Group<Located<String>>])
        case contract
    }

    public var form: Form
    /// The node that it is about; of `combine`, what the new node is called.
    public var node: Located<String>
    /// What the parts are called, where that is stated.
    public var names: [Located<String>]?

    public init(_ form: Form, _ node: Located<String>, names: [Located<String>]? = nil) {
        self.form = form
        self.node = node
        self.names = names
    }

    /// Where it says `text`: for what is wrong with a name.
    public func location(of text: String?) -> SourceLocation? {
        var said = [node] + (names ?? [])
        switch form {
        case .project(let tensor), .estimateByTokens(let tensor): said.append(tensor.tensor)
        case .estimateByColumn(let column, let along): said += [column] + (along.map { [$0.tensor] } ?? [])
        case .estimateByProbe(let tensor, let source, let bias):
            said += [tensor.tensor, source] + (bias.map { [$0.tensor] } ?? [])
        case .split(let parts):
            // The last of equal names is the one too many.
            said = parts.flatMap { $0.members.reversed() + [$0.name] }.reversed() + said
        case .combine(let members): said = members.reversed() + said
        case .expand(let groups): said = groups.flatMap { [$0.members, $0.name] }.reversed() + said
        case .duplicate, .unbias, .contract: break
        }
        return said.first { $0.value == text }?.location
    }
}

extension RewriteStatement.Group<Located<String>> {
    /// The numbers below `count` that its text means, as in slices; nil where it means none.
    public func numbers(below count: Int) -> [Int]? {
        Selection.numbers(members.value.filter { !$0.isWhitespace }, count: count)
    }
}
