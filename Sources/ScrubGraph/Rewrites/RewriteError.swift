public import ScrubCore
internal import ScrubOps

/// A rewrite that does not fit the graph.
public enum RewriteError: Diagnostic, Equatable {
    case unknownNode(String, perhaps: [String], exist: String)
    /// The node is not what the rewrite takes apart.
    case unfit(node: String, found: String, expected: String)
    /// A tensor or column of other sizes.
    case sizes(of: String, found: [Int], expected: String)
    case zeroRow(of: String, row: Int)
    case dependentRow(of: String, row: Int)
    case partName(String)
    /// A node of a part's name is there.
    case taken(String)
    case notInput(String, of: String, inputs: [String])
    case twice(String)
    case noMembers(String)
    case nothingLeft(node: String, part: String)
    case fewNodes(String)
    case differentTypes(String, String, first: String, second: String)
    case noSum([String])
    case notRead(String)
    case sharedWiring(String, through: String, by: [String])
    case range(String, text: String, axis: String, count: Int)
    case inTwoGroups(String, also: String, axis: String, numbers: String)
    case inNoGroup(node: String, axis: String, numbers: String)
    case later(String, than: String)
    case graph(GraphError)

    init(_ error: GraphError) {
        if case .duplicate(let name) = error { self = .taken(name) } else { self = .graph(error) }
    }

    /// The name at fault, as it was given.
    public var subject: String? {
        switch self {
        case .unknownNode(let name, _, _), .unfit(let name, _, _), .sizes(let name, _, _), .zeroRow(let name, _),
            .dependentRow(let name, _), .partName(let name), .notInput(let name, _, _), .twice(let name),
            .noMembers(let name), .differentTypes(let name, _, _, _), .notRead(let name), .sharedWiring(let name, _, _),
            .range(let name, _, _, _), .inTwoGroups(let name, _, _, _), .later(let name, _), .nothingLeft(_, let name):
            name
        case .taken(let name): name.split(separator: ".").last.map(String.init)
        case .inNoGroup(let node, _, _): node
        case .noSum(let names): names.first
        case .fewNodes, .graph: nil
        }
    }

    public var message: String {
        switch self {
        case .unknownNode(let name, let near, let exist):
            "no node \"\(name)\"" + (near.isEmpty ? "" : ", perhaps \(near.joined(separator: ", "))") + "; \(exist)"
        case .unfit(let node, let found, let expected): "\"\(node)\" is \(found), expected \(expected)"
        case .sizes(let name, let found, let expected): "\"\(name)\" has sizes \(found), expected \(expected)"
        case .zeroRow(let name, let row): "row \(row) of \"\(name)\" is zero, which is no direction"
        case .dependentRow(let name, let row):
            "row \(row) of \"\(name)\" is a linear combination of the rows before it"
        case .partName(let name):
            "\"\(name)\" is no name for a part, expected letters, digits, \"_\" and \"-\""
        case .taken(let name): "there is a node \"\(name)\" already; give the part another name"
        case .notInput(let name, let node, let inputs):
            "\"\(name)\" is not added in \"\(node)\"; its summands are \(inputs.joined(separator: ", "))"
        case .twice(let name): "\"\(name)\" is named twice"
        case .noMembers(let name): "\"\(name)\" is empty"
        case .nothingLeft(let node, let part): "\"\(part)\" is all of \"\(node)\", so that nothing is taken apart"
        case .fewNodes(let found): "\"combine\" names \(found), expected two nodes or more"
        case .differentTypes(let name, let other, let first, let second):
            "\"\(name)\" is \(first) and \"\(other)\" is \(second), expected nodes of one type"
        case .noSum(let names): "no sum reads all of \(names.joined(separator: ", "))"
        case .notRead(let name): "no component reads \"\(name)\""
        case .sharedWiring(let name, let wiring, let readers):
            "\"\(name)\" is read through \"\(wiring)\", which is part of \(readers.joined(separator: " and ")) alike"
        case .range(let name, let text, let axis, let count):
            "\"\(name)\" is \"\(text)\", expected \(axis)s from 0 to \(count - 1), such as 0, 2:5 or a list of these"
        case .inTwoGroups(let name, let other, let axis, let numbers):
            "\"\(name)\" and \"\(other)\" both have \(axis) \(numbers); groups must not overlap"
        case .inNoGroup(let node, let axis, let numbers):
            "no group of \"\(node)\" has \(axis) \(numbers); groups must make up all of it"
        case .later(let name, let node): "\"\(name)\" is computed after \"\(node)\", which so cannot be estimated by it"
        case .graph(let error): error.message
        }
    }
}

extension Graph {
    /// The node of this name.
    func find(_ name: String) throws(RewriteError) -> Int {
        if let number = number(of: name) { return number }
        throw .unknownNode(name, perhaps: suggestions(for: name, among: claimableNames), exist: inventory)
    }

    /// The full name of a part of `node`, which must be one that claims can name.
    func name(of part: String, of node: Int) throws(RewriteError) -> String {
        try checkName(part)
        return "\(owner(of: node)).\(part)"
    }

    func checkName(_ part: String) throws(RewriteError) {
        guard !part.isEmpty, part.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }) else {
            throw .partName(part)
        }
    }

    /// What a node is, for messages: `a linear, float32 [position: 4, model: 4]`.
    func kind(of node: Int) -> String {
        let node = nodes[node]
        return switch node.kind {
        case .source(let source): "the \(source), \(node.type)"
        case .op(let op): "the result of \(op.name), \(node.type)"
        case .onReference: "another node's value on the reference datum"
        }
    }

    /// The op of a node whose value is made of float32 vectors, one for each datum.
    func vectors(at node: Int, called name: String) throws(RewriteError) -> Op {
        if case .op(let op) = nodes[node].kind, nodes[node].dependsOnData, nodes[node].type.element == .float32,
            nodes[node].type.shape.rank > 0
        {
            return op
        }
        throw .unfit(node: name, found: kind(of: node), expected: "float32 vectors that the model computes")
    }
}
