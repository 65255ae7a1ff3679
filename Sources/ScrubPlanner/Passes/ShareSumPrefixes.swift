internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// What several sums begin with is added once: the residual stream of a layer is that of the layer below and what was
/// written since, not the sum of all components anew. With L layers of H heads that is O(L H) additions for O(L² H).
///
/// Exact: sums run from the left, so that a sum goes on from what it begins with, bit for bit.
public struct ShareSumPrefixes: Pass {
    public static let name = "share sum prefixes"
    public static func account(of change: PlanChange) -> String {
        func additions(_ plan: Plan) -> Int {
            plan.steps.reduce(0) { if case .sum = $1.op { $0 + $1.inputs.count - 1 } else { $0 } }
        }
        return
            "took \((additions(change.before) - additions(change.after)).counted("addition")) from sums that begin alike"
    }

    /// Two addends are no dearer to add again than to read as a sum.
    private static let least = 3

    public init() {}

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        var tree = SumTree()
        for step in plan.steps { if case .sum = step.op { tree.insert(step.inputs) } }
        var builder = PlanBuilder(like: plan)
        var made = builder.bindInputs(of: plan)
        func found(_ value: Int) throws(PlannerError) -> Int {
            if let found = made[value] { return found }
            throw .broken(after: Self.name, .order("\(plan.values[value].name) is read before it is computed"))
        }
        /// By node of the tree.
        var sums: [Int: Int] = [:]
        for step in plan.steps {
            let name = plan.values[step.output].name
            var inputs: [Int] = []
            guard case .sum = step.op else {
                for input in step.inputs { inputs.append(try found(input)) }
                made[step.output] = try builder.add(step.op, inputs, named: name)
                continue
            }
            var sum: Int?
            for (place, node) in tree.path(of: step.inputs).enumerated() {
                inputs.append(try found(step.inputs[place]))
                let isWhole = place == step.inputs.count - 1
                guard isWhole || place + 1 >= Self.least && tree.isShared(node) else { continue }
                var value = sums[node]
                if value == nil { value = try builder.add(step.op, inputs, named: isWhole ? name : "\(name) so far") }
                (sum, sums[node]) = (value, value)
                inputs = value.map { [$0] } ?? inputs
            }
            made[step.output] = sum
        }
        for root in plan.roots { builder.root(root.name, try found(root.value)) }
        return builder.plan
    }
}

/// The sums of a plan by what they begin with: a node for each sequence of addends that some sum begins with.
private struct SumTree {
    private var children: [[Int: Int]] = [[:]]
    private var ends: [Bool] = [false]

    mutating func insert(_ addends: [Int]) {
        var node = 0
        for addend in addends {
            if let next = children[node][addend] {
                node = next
            } else {
                children[node][addend] = children.count
                node = children.count
                children.append([:])
                ends.append(false)
            }
        }
        ends[node] = true
    }

    /// The nodes of a sum that was inserted, one for each addend.
    func path(of addends: [Int]) -> [Int] {
        var path: [Int] = []
        for addend in addends {
            guard let next = children[path.last ?? 0][addend] else { break }
            path.append(next)
        }
        return path
    }

    /// Whether sums go on from there in several ways, or one ends there and another goes on.
    func isShared(_ node: Int) -> Bool { children[node].count + (ends[node] ? 1 : 0) > 1 }
}
