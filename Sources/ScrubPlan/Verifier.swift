public import ScrubCore
public import ScrubOps

/// A plan that breaks one of the rules every plan keeps. docs/plan-format.md lists them under the same numbers.
public enum PlanError: Diagnostic, Equatable {
    /// P1: every number names something that exists.
    case noSuch(String, Int, in: String)
    /// P2: a value is bound or computed exactly once, and before it is read.
    case order(String)
    /// P3: a step's output has the type that its op gives for its inputs.
    case type(value: String, declared: String, computed: String)
    /// P3, where the op does not accept its inputs.
    case op(value: String, OpError)
    /// P4: a step stays on one row axis; a gather alone leads from the dataset to the replicates.
    case rows(value: String, String)
    /// P5: table 0 is the reference, a parent comes before its child, no two are equal.
    case table(String)
    /// P3: sizes are counts, and a row's elements can be counted.
    case size(String)
    /// P6: names of values and roots are unique; chunks hold at least one row.
    case name(String)

    public var message: String {
        switch self {
        case .noSuch(let kind, let number, let place): "P1: \(place) names \(kind) \(number), which does not exist"
        case .order(let text): "P2: \(text)"
        case .type(let value, let declared, let computed):
            "P3: \(value) is declared \(declared), its step gives \(computed)"
        case .op(let value, let error): "P3: \(value): \(error.message)"
        case .rows(let value, let text): "P4: \(value): \(text)"
        case .table(let text): "P5: \(text)"
        case .size(let value): "P3: a size of \(value) is negative, or all of them together are too large"
        case .name(let text): "P6: \(text)"
        }
    }
}

extension Plan {
    /// Throws the first rule that this plan breaks.
    ///
    /// - Complexity: O(values + steps + tables).
    public func verify() throws(PlanError) {
        try verifySizes()
        try verifyTables()
        var ready = [Bool](repeating: false, count: values.count)
        for input in inputs {
            guard values.indices.contains(input.value) else {
                throw .noSuch("value", input.value, in: "\(input.source)")
            }
            let value = values[input.value]
            if ready[input.value] { throw .order("\(value.name) is bound twice") }
            let isColumn = if case .column = input.source { true } else { false }
            guard value.rows == (isColumn ? .dataset : .constant) else {
                throw .rows(value: value.name, "\(input.source) cannot be bound on the \(value.rows.rawValue) axis")
            }
            ready[input.value] = true
        }
        for step in steps { try verify(step, &ready) }
        for gather in recomputed ?? [] where !tables.indices.contains(gather.table) {
            throw .noSuch("table", gather.table, in: "recomputed \(gather.value)")
        }
        let computed = Set(steps.map(\.output))
        for root in roots {
            guard values.indices.contains(root.value) else {
                throw .noSuch("value", root.value, in: "root \(root.name)")
            }
            guard computed.contains(root.value) else {
                throw .order("root \(root.name) is \(values[root.value].name), which no step computes")
            }
        }
        if let missing = ready.firstIndex(of: false) { throw .order("\(values[missing].name) is never computed") }
        try verifyNames()
    }

    private func verify(_ step: Step, _ ready: inout [Bool]) throws(PlanError) {
        guard values.indices.contains(step.output) else {
            throw .noSuch("value", step.output, in: "a \(step.op.name) step")
        }
        let output = values[step.output]
        for input in step.inputs {
            guard values.indices.contains(input) else { throw .noSuch("value", input, in: output.name) }
            if !ready[input] { throw .order("\(output.name) reads \(values[input].name) before it is computed") }
        }
        if ready[step.output] { throw .order("\(output.name) is computed twice") }
        ready[step.output] = true

        let types = step.inputs.map { values[$0].type }
        let computed: ValueType
        do { computed = try step.op.rule.output(of: types) } catch { throw .op(value: output.name, error) }
        guard computed == output.type else {
            throw .type(value: output.name, declared: output.type.description, computed: computed.description)
        }

        try verifyRows(step)
    }

    private func verifyRows(_ step: Step) throws(PlanError) {
        let output = values[step.output]
        // Of inputs that are not gathered, constants aside: the axis, and whether it is not that of all.
        var (own, isMixed, gathers): (Rows?, Bool, Bool) = (nil, false, false)
        for (number, input) in step.inputs.enumerated() {
            guard let table = step.op.table(ofInput: number) else {
                let rows = values[input].rows
                if rows == .constant { continue }
                isMixed = isMixed || (own ?? rows) != rows
                own = rows
                continue
            }
            gathers = true
            guard tables.indices.contains(table) else { throw .noSuch("table", table, in: output.name) }
            guard values[input].rows == .dataset, output.rows == .replicates else {
                throw .rows(value: output.name, "a gather reads the dataset axis and writes the replicate axis")
            }
        }
        guard output.rows != .constant, !isMixed, own == output.rows || (gathers && own == nil) else {
            throw .rows(
                value: output.name,
                "on the \(output.rows.rawValue) axis, from \(Set(step.inputs.map { values[$0].rows.rawValue }).sorted())"
            )
        }
    }

    /// Before any op's shape rule counts with them.
    private func verifySizes() throws(PlanError) {
        for value in values {
            var count = 1
            for axis in value.type.shape.axes {
                let (product, overflow) = count.multipliedReportingOverflow(by: axis.count)
                guard axis.count >= 0, !overflow, product < 1 << 40 else { throw .size(value.name) }
                count = product
            }
        }
    }

    private func verifyTables() throws(PlanError) {
        guard tables.first == Table(key: "reference") else {
            throw .table("table 0 must be the reference, drawn from all rows")
        }
        for (number, table) in tables.enumerated() {
            guard (table.feature == nil) == (table.parent == nil) else {
                throw .table("table \(table.key) must have both a feature and a parent, or neither")
            }
            if let parent = table.parent, !(0..<number).contains(parent) {
                throw .table("table \(table.key) is drawn given table \(parent), which does not come before it")
            }
        }
        var seen: Set<Table> = []
        if let twice = tables.first(where: { !seen.insert($0).inserted }) {
            throw .table("two tables are \(twice.key), with one feature and one parent")
        }
    }

    private func verifyNames() throws(PlanError) {
        if let twice = firstRepeated(values.map(\.name)) { throw .name("two values are called \(twice)") }
        if let twice = firstRepeated(roots.map(\.name)) { throw .name("two roots are called \(twice)") }
        guard chunks.dataset > 0, chunks.replicates > 0 else { throw .name("a chunk must hold at least one row") }
    }
}

private func firstRepeated(_ names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
}
