internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// A sum of gathers, and a merge of gathered positions, is one step that reads each source once; and what is read of one
/// value at some positions here and at others there is kept once, at those positions.
///
/// Exact: terms are added in the sum's order, and nothing else is computed.
public struct FuseResampleGather: Pass {
    public static let name = "fuse resample-gather"
    public init() {}

    public static func account(of change: PlanChange) -> String {
        let gathers = (change.fewerSteps { $0.isGather }).counted("gather")
        let sums = -change.fewerSteps { $0.isResampleGather }
        return "took \(gathers) into \(sums.counted("sum or merge", "sums and merges"))"
    }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        let forms = GatherForms(plan)
        var fuser = Fuser(plan, forms)
        fuser.made = fuser.builder.bindInputs(of: plan)
        for step in plan.steps where !forms.absorbed.contains(step.output) { try fuser.add(step) }
        for root in plan.roots { fuser.builder.root(root.name, try fuser.value(root.value)) }
        return fuser.builder.plan
    }
}

/// Which steps of a plan are sums and merges of gathers.
struct GatherForms {
    /// One addend: a value by a table, or a value on the replicate axis.
    struct Term {
        var value: Int
        var table: Int?
        /// By position of the output, that of the value, if any; nil for each its own.
        var positions: [Int?]?
    }

    /// By output of a step on the replicate axis.
    private(set) var terms: [Int: [Term]] = [:]
    /// Values that their one reader takes in.
    private(set) var absorbed: Set<Int> = []
    /// By value on the dataset axis, the positions read of it by tables; nil for all.
    private(set) var read: [Int: Set<Int>?] = [:]

    private let plan: Plan
    private var readers: [Int: Int] = [:]
    /// By value on the dataset axis that is some positions of another, that and which.
    private var selections: [Int: (of: Int, positions: [Int])] = [:]

    init(_ plan: Plan) {
        self.plan = plan
        for value in plan.steps.flatMap(\.inputs) + plan.roots.map(\.value) { readers[value, default: 0] += 1 }
        for step in plan.steps {
            if case .selectPositions(let select) = step.op, plan.values[step.output].rows == .dataset {
                selections[step.output] = (step.inputs[0], select.positions)
            } else if plan.values[step.output].rows == .replicates {
                add(step)
            }
        }
        for (output, terms) in terms where !absorbed.contains(output) {
            for term in terms where term.table != nil {
                if let positions = term.positions {
                    if let known = read[term.value] {
                        if known != nil { read[term.value] = known?.union(positions.compactMap { $0 }) }
                    } else {
                        read[term.value] = Set(positions.compactMap { $0 })
                    }
                } else {
                    read[term.value] = .some(nil)
                }
            }
        }
    }

    private mutating func add(_ step: Step) {
        switch step.op {
        case .gather(let gather):
            let source = step.inputs[0]
            if let selection = selections[source] {
                terms[step.output] = [
                    Term(value: selection.of, table: gather.table, positions: selection.positions)
                ]
            } else {
                terms[step.output] = [Term(value: source, table: gather.table, positions: nil)]
            }
        case .mergePositions(let merge) where step.inputs.contains { isAbsorbable($0) }:
            if plan.readsConstant(step) { return }
            terms[step.output] = step.inputs.enumerated().map { number, input in
                var term = self.term(input)
                term.positions = merge.picks.map { pick in
                    pick.input == number ? term.positions.map { $0[pick.position] } ?? pick.position : nil
                }
                return term
            }
            // A merge among them stays a value of its own: only a sum takes its terms in.
            absorbed.formUnion(step.inputs.filter { isAbsorbable($0) })
        case .sum where step.inputs.count > 1 && step.inputs.contains { isAbsorbable($0) }:
            let type = plan.values[step.output].type
            let fits = step.inputs.allSatisfy {
                plan.values[$0].rows == .replicates && plan.values[$0].type == type
            }
            if !fits { return }
            let addends = step.inputs.map { input in isMerge(input) ? terms[input] ?? [] : [term(input)] }
            let isListed = addends.joined().contains { $0.positions != nil }
            let count = type.shape.axes.first?.count ?? 0
            terms[step.output] = addends.joined().map { term in
                var term = term
                if isListed && term.positions == nil { term.positions = Array(0..<count) }
                return term
            }
            absorb(step.inputs)
        default: break
        }
    }

    /// Whether a value is gathered for one reader alone.
    private func isAbsorbable(_ value: Int) -> Bool { readers[value] == 1 && terms[value]?.count == 1 }

    /// Whether a value is a merge for one reader alone: it has one term at each position.
    private func isMerge(_ value: Int) -> Bool {
        guard readers[value] == 1, let terms = terms[value], terms.count > 1, let first = terms[0].positions else {
            return false
        }
        return first.indices.allSatisfy { place in terms.count { $0.positions?[place] != nil } == 1 }
    }

    private func term(_ value: Int) -> Term {
        isAbsorbable(value) ? terms[value]?[0] ?? Term(value: value) : Term(value: value)
    }

    private mutating func absorb(_ inputs: [Int]) {
        absorbed.formUnion(inputs.filter { isAbsorbable($0) || isMerge($0) })
    }
}

extension GatherForms.Term {
    fileprivate init(value: Int) { self.init(value: value, table: nil, positions: nil) }
}

private struct Fuser {
    let old: Plan
    let forms: GatherForms
    var builder: PlanBuilder
    var made: [Int: Int] = [:]
    /// By value, that with the positions alone that are read of it, and which.
    private var kept: [Int: (value: Int, positions: [Int])] = [:]
    private let bound: Set<Int>

    init(_ plan: Plan, _ forms: GatherForms) {
        old = plan
        self.forms = forms
        builder = PlanBuilder(like: plan)
        bound = Set(plan.inputs.map(\.value))
    }

    mutating func add(_ step: Step) throws(PlannerError) {
        let name = old.values[step.output].name
        guard let terms = forms.terms[step.output] else {
            var inputs: [Int] = []
            for input in step.inputs { inputs.append(try value(input)) }
            made[step.output] = try builder.step(step.op, inputs, named: name)
            return
        }
        var inputs: [Int] = []
        var resampled: [ResampleGather.Term] = []
        for term in terms {
            guard term.table != nil, let kept = try kept(term.value) else {
                inputs.append(try value(term.value))
                resampled.append(ResampleGather.Term(table: term.table, positions: term.positions))
                continue
            }
            inputs.append(kept.value)
            let places = Dictionary(uniqueKeysWithValues: kept.positions.enumerated().map { ($1, $0) })
            var positions = term.positions?.map { position in position.flatMap { places[$0] } }
            if terms.count == 1, positions == Array(kept.positions.indices) { positions = nil }
            resampled.append(ResampleGather.Term(table: term.table, positions: positions))
        }
        let plain = resampled.count == 1 && resampled[0].positions == nil ? resampled[0].table : nil
        made[step.output] = try builder.step(
            plain.map { .gather(Gather(table: $0)) } ?? .resampleGather(ResampleGather(resampled)), inputs, named: name)
    }

    /// The positions of a value that tables read, where they are not all, as one value.
    private mutating func kept(_ value: Int) throws(PlannerError) -> (value: Int, positions: [Int])? {
        if let known = kept[value] { return known }
        guard case .some(.some(let read)) = forms.read[value], !bound.contains(value),
            // A copy of nearly all of it would save too little.
            4 * read.count <= 3 * (old.values[value].type.shape.axes.first?.count ?? 0)
        else { return nil }
        let positions = read.sorted()
        let name = "\(old.values[value].name) at \(positions.map(String.init).joined(separator: ","))"
        let selected = try builder.step(
            .selectPositions(SelectPositions(positions)), [try self.value(value)], named: name)
        kept[value] = (selected, positions)
        return (selected, positions)
    }

    func value(_ number: Int) throws(PlannerError) -> Int {
        guard let value = made[number] else {
            throw .broken(
                after: FuseResampleGather.name, .order("\(old.values[number].name) is read before it is computed"))
        }
        return value
    }
}
