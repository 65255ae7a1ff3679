internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// What depends on a token and its position alone, as the first layer's queries, keys and values do: computed once for
/// each token at each position, where the vocabulary is small, and looked up from there.
///
/// The same routines compute it, on rows that hold one token at all positions. A row's value depends on its own inputs
/// alone, and so does each position's in these steps: what is looked up is, bit for bit, what would be computed. Tokens are
/// checked where they are looked up: what nobody reads of a datum is not.
struct Tabulation {
    /// One step on rows of one token each: `[vocabulary, position, width]`.
    struct Entry {
        /// The first step of the plan that does this.
        let step: Step
        let sources: [Source]
        let shape: Shape
        let vocabulary: Int
        /// By position of the output, that of the tokens.
        let positions: [Int]
        /// Whether it is work to compute, so that its value is looked up.
        let isWork: Bool

        func fits(_ bytes: Int) -> Bool {
            var count = max(1, shape.count)
            for case .tokens(let tokens) in sources { count = max(count, tokens) }
            return vocabulary <= bytes / 4 / count
        }
    }

    enum Source: Hashable {
        case tokens(count: Int)
        case constant(Int)
        case entry(Int)
    }

    /// What a value is looked up by: its entry, and the tokens of its own row, or of the datum that a table names.
    struct Lookup {
        let entry: Int
        let tokens: Int
        var table: Int?
    }

    /// All that there could be, each behind what it is made of.
    private(set) var entries: [Entry] = []
    /// Numbers of those that are looked up, and of what they are made of, ascending.
    private(set) var needed: [Int] = []
    /// By value that is looked up.
    private(set) var lookups: [Int: Lookup] = [:]
    /// The plan's steps but for those that nobody reads any more; one that is looked up reads its tokens alone.
    private(set) var steps: [Step]

    private struct Key: Hashable {
        let op: Op
        let sources: [Source]
    }

    /// - Parameter most: bytes of one table, and of the tokens that it is made of.
    init(_ plan: Plan, most: Int) {
        steps = plan.steps
        var numbers: [Key: Int] = [:]
        // By value that depends on tokens and position alone.
        var known: [Int: Lookup] = [:]
        let bound = Set(plan.inputs.map(\.value))
        for step in plan.steps {
            if case .gather(let gather) = step.op, var lookup = known[step.inputs[0]], bound.contains(lookup.tokens) {
                lookup.table = gather.table
                if entries[lookup.entry].isWork { known[step.output] = lookup }
                continue
            }
            guard let (sources, tokens) = Self.sources(of: step, in: plan, known) else { continue }
            let key = Key(op: step.op, sources: sources)
            let number = numbers[key] ?? entries.count
            if number == entries.count {
                guard let entry = entry(step, sources, in: plan), entry.fits(most) else { continue }
                entries.append(entry)
                numbers[key] = number
            }
            known[step.output] = Lookup(entry: number, tokens: tokens)
        }
        lookups = known.filter { entries[$0.value.entry].isWork }
        prune(plan)
    }

    /// What a step reads, if that is one value's tokens and constants.
    private static func sources(
        of step: Step, in plan: Plan, _ known: [Int: Lookup]
    ) -> (sources: [Source], tokens: Int)? {
        var tokens: Int?
        var sources: [Source] = []
        switch step.op {
        case .embed: break
        case .linear, .layerNorm, .activation, .sum:
            guard plan.values[step.output].type.shape.axes.map(\.name).first == .position else { return nil }
        default: return nil
        }
        for (number, input) in step.inputs.enumerated() {
            let own: Int
            if plan.values[input].rows == .constant {
                sources.append(.constant(input))
                continue
            } else if case .embed = step.op, number == 0 {
                sources.append(.tokens(count: plan.values[input].type.shape.count))
                own = input
            } else if let found = known[input], found.table == nil {
                sources.append(.entry(found.entry))
                own = found.tokens
            } else {
                return nil
            }
            if tokens ?? own != own { return nil }
            tokens = own
        }
        return tokens.map { (sources, $0) }
    }

    /// Nil where one position depends on the tokens at two.
    private func entry(_ step: Step, _ sources: [Source], in plan: Plan) -> Entry? {
        let shape = plan.values[step.output].type.shape
        if case .embed(let embed) = step.op {
            return Entry(
                step: step, sources: sources, shape: shape,
                vocabulary: plan.values[step.inputs[1]].type.shape.vectors,
                positions: embed.positions ?? Array(0..<shape.vectors), isWork: false)
        }
        let read = sources.compactMap { source in if case .entry(let number) = source { entries[number] } else { nil } }
        guard let first = read.first,
            read.allSatisfy({ $0.positions == first.positions && $0.vocabulary == first.vocabulary })
        else { return nil }
        var isWork = read.contains(where: \.isWork)
        switch step.op {
        case .linear, .layerNorm: isWork = true
        default: break
        }
        return Entry(
            step: step, sources: sources, shape: shape, vocabulary: first.vocabulary, positions: first.positions,
            isWork: isWork)
    }

    /// Drops steps that nobody reads, and finds the entries that somebody does.
    private mutating func prune(_ plan: Plan) {
        var read = Set(plan.roots.map(\.value))
        var kept: [Step] = []
        var used = Set<Int>()
        for step in steps.reversed() where read.contains(step.output) {
            var step = step
            if let lookup = lookups[step.output] {
                // A stand-in that says what is read; what it does is a routine of its own.
                let op = lookup.table.map { Op.gather(Gather(table: $0)) } ?? .embed(Embed())
                step = Step(op, [lookup.tokens], step.output)
                used.insert(lookup.entry)
            }
            read.formUnion(step.inputs)
            kept.append(step)
        }
        steps = kept.reversed()
        for number in entries.indices.reversed() where used.contains(number) {
            for case .entry(let source) in entries[number].sources { used.insert(source) }
        }
        needed = used.sorted()
    }

    /// What the tables take, and the tokens of their rows.
    var bytes: Int {
        needed.reduce(0) { total, number in
            let entry = entries[number]
            return total + Memory.bytes(entry.vocabulary * entry.shape.count)
                + entry.sources.reduce(0) { sum, source in
                    if case .tokens(let count) = source { sum + Memory.bytes(entry.vocabulary * count) } else { sum }
                }
        }
    }
}
