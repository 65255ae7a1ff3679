internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// A step whose inputs are all gathered by one table is the plain model on single data: it is computed once for each
/// dataset row, and its result gathered. Gathers so move down until claims meet, and every subtree fed by one claim is
/// computed once a datum.
///
/// Where claims meet position by position, a step that acts position by position moves below the meeting if what it
/// makes of the gathered positions is known already, as it mostly is of the plain model.
///
/// Exact: every op is row-wise, so that gathering commutes with it, bit for bit. A lookup stays where it is: it gathers
/// itself, from a small table, which hoisting would blow up to the size of the dataset.
public struct HoistToDataset: Pass {
    public static let name = "hoist to the dataset"
    public init() {}

    public static func account(of change: PlanChange) -> String {
        let moved = change.fewerSteps(on: .replicates) { !$0.isGather }
        let known = max(0, moved + change.fewerSteps(on: .dataset))
        return "moved \(moved.counted("step")) before the gathers, where \(known.grouped) stood already: "
            + "\(change.datasetRows.counted("row")) in place of \(change.replicates.grouped)"
    }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        var hoister = Hoister(plan)
        hoister.found = hoister.builder.bindInputs(of: plan).mapValues { .value($0) }
        for step in plan.steps { try hoister.add(step) }
        for root in plan.roots { hoister.builder.root(root.name, try hoister.value(of: root.value)) }
        return hoister.builder.plan
    }
}

private struct Hoister {
    /// Where a value of the old plan is found in the new one.
    enum Place {
        case value(Int)
        /// Rows of a value on the dataset axis, by a table; gathered when a step that stays behind reads it.
        case gathered(Int, table: Int)
        /// Positions of several, merged when a step that looks across them reads it.
        case merged([Place], MergePositions)
    }

    struct StepKey: Hashable {
        var op: Op
        var inputs: [Int]
    }

    let old: Plan
    var builder: PlanBuilder
    var found: [Int: Place] = [:]
    var computed: [StepKey: Int] = [:]

    init(_ plan: Plan) {
        old = plan
        builder = PlanBuilder(like: plan)
    }

    mutating func add(_ step: Step) throws(PlannerError) {
        let name = old.values[step.output].name
        if case .gather(let gather) = step.op, case .value(let source)? = found[step.inputs[0]] {
            found[step.output] = .gathered(source, table: gather.table)
            return
        }
        if !step.op.isLookup, let (inputs, table) = singleTable(step) {
            // The old name says whose datum it was; on the dataset axis it is nobody's.
            let plain = name.split(separator: " @ ").first.map(String.init) ?? name
            found[step.output] = .gathered(try once(step.op, inputs, named: plain), table: table)
            return
        }
        if case .mergePositions(let merge) = step.op {
            let pieces = step.inputs.compactMap { found[$0] }
            if pieces.count == step.inputs.count, pieces.contains(where: \.isGathered) {
                found[step.output] = .merged(pieces, merge)
                return
            }
        }
        if let merged = try pushed(step) {
            found[step.output] = merged
            return
        }
        var inputs: [Int] = []
        for input in step.inputs { inputs.append(try value(of: input)) }
        found[step.output] = .value(try once(step.op, inputs, named: name))
    }

    /// The merge of what a step over a merged value makes of its pieces; nil where something would have to be computed
    /// for a gathered piece.
    private mutating func pushed(_ step: Step) throws(PlannerError) -> Place? {
        guard let first = step.inputs.first, case .merged(let pieces, let merge)? = found[first],
            old.followers(of: step) == [0]
        else { return nil }
        var constants: [Int] = []
        for input in step.inputs.dropFirst() {
            guard case .value(let value)? = found[input], builder.plan.values[value].rows == .constant else {
                return nil
            }
            constants.append(value)
        }
        var places: [Place?] = pieces.map { piece in
            guard case .gathered(let source, let table) = piece else { return nil }
            return computed[StepKey(op: step.op, inputs: [source] + constants)].map { .gathered($0, table: table) }
        }
        guard zip(pieces, places).allSatisfy({ !$0.isGathered || $1 != nil }) else { return nil }
        let name = old.values[step.output].name
        for (number, piece) in pieces.enumerated() {
            guard case .value(let value) = piece else { continue }
            places[number] = .value(try once(step.op, [value] + constants, named: name))
        }
        let made = places.compactMap { $0 }
        return made.count == pieces.count ? .merged(made, merge) : nil
    }

    /// The step's inputs on the dataset axis, when all that vary with the row are gathered by one table.
    private func singleTable(_ step: Step) -> (inputs: [Int], table: Int)? {
        var common: Int?
        var inputs: [Int] = []
        for input in step.inputs {
            switch found[input] {
            case .gathered(let source, let table):
                if let common, common != table { return nil }
                common = table
                inputs.append(source)
            case .value(let value) where builder.plan.values[value].rows == .constant: inputs.append(value)
            default: return nil
            }
        }
        return common.map { (inputs, $0) }
    }

    mutating func value(of old: Int) throws(PlannerError) -> Int {
        let name = self.old.values[old].name
        guard let place = found[old] else {
            throw .broken(after: HoistToDataset.name, .order("\(name) is read before it is computed"))
        }
        return try value(at: place, named: name)
    }

    private mutating func value(at place: Place, named name: String) throws(PlannerError) -> Int {
        switch place {
        case .value(let value): return value
        case .gathered(let source, let table): return try once(.gather(Gather(table: table)), [source], named: name)
        case .merged(let pieces, let merge):
            var inputs: [Int] = []
            for piece in pieces { inputs.append(try value(at: piece, named: name)) }
            return try once(.mergePositions(merge), inputs, named: name)
        }
    }

    private mutating func once(_ op: Op, _ inputs: [Int], named name: String) throws(PlannerError) -> Int {
        let key = StepKey(op: op, inputs: inputs)
        if let value = computed[key] { return value }
        let value = try builder.step(op, inputs, named: name)
        computed[key] = value
        return value
    }
}

extension Hoister.Place {
    var isGathered: Bool { if case .gathered = self { true } else { false } }
}

extension Op {
    fileprivate var isLookup: Bool { if case .lookup = self { true } else { false } }
}
