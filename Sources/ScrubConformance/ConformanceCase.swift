internal import ScrubCore
public import ScrubOps
public import ScrubPlan

/// One description of what an engine must compute: a plan, what is bound to it, what comes out and how nearly.
///
/// The same description serves tests, `scrubjay selftest` and benchmarks, on every engine.
public struct ConformanceCase: Sendable, CustomStringConvertible {
    /// `linear: 17 into 33 with bias`; unique, and the key of the inputs' random streams.
    public let name: String
    /// The name of the op that is judged, or `plan` or `model` for cases of several steps.
    public let subject: String
    public let datasetRows: Int
    /// By input of the plan, in the plan's order.
    public let inputs: [CaseInput]
    /// The plan as written, and perhaps again behind gathers. Each must give the expected values.
    public let placements: [Placement]
    public let tolerance: Tolerance
    /// About how many elements are recorded of a result that is much longer.
    public var samples = 200

    /// A plan with its index tables.
    public struct Placement: Sendable {
        /// `on dataset rows`, `on gathered rows`.
        public let name: String
        public let plan: Plan
        public let tables: [[Int32]]
        public let replicates: Int
    }

    /// The roots' elements in plan order, one after the other, each rounded to ten digits from float64. Nil when none
    /// were recorded.
    ///
    /// Of a long result only every ``stride``-th element is recorded, and the last.
    public var expected: [Double]? { Expected.values[name] }

    public var description: String { name }

    /// What a run of each placement is given, in the placements' order.
    ///
    /// - Complexity: one block of random bits for each element of the inputs.
    public func bindings() -> [Bindings] {
        var tensors: [InputSource: HostTensor] = [:]
        for input in inputs { tensors[input.source] = input.tensor(datasetRows: datasetRows, caseName: name) }
        return placements.map {
            Bindings(datasetRows: datasetRows, replicates: $0.replicates, inputs: tensors, tables: $0.tables)
        }
    }

    /// Elements of all roots together.
    public var resultCount: Int {
        placements[0].plan.roots.reduce(0) { $0 + sizes(of: $1, in: placements[0]).reduce(1, *) }
    }

    /// `[rows, axes]` of a root.
    func sizes(of root: Root, in placement: Placement) -> [Int] {
        let value = placement.plan.values[root.value]
        return [value.rows == .dataset ? datasetRows : placement.replicates] + value.type.shape.axes.map(\.count)
    }

    /// The distance between recorded elements: 1 up to ``samples`` elements and a fifth more, then a prime that divides no
    /// axis, so that the elements recorded run through every row, position and column.
    public var stride: Int {
        let count = resultCount
        guard count > samples + samples / 5 else { return 1 }
        let axes = placements[0].plan.roots.flatMap { sizes(of: $0, in: placements[0]) }
        func fits(_ n: Int) -> Bool { (2..<n).allSatisfy { n % $0 != 0 } && axes.allSatisfy { $0 % n != 0 } }
        return ((count / samples)...).first { $0 > 1 && fits($0) } ?? 1
    }

    /// The indices of the recorded elements, ascending.
    public var recorded: [Int] {
        let last = resultCount - 1
        let indices = Array(Swift.stride(from: 0, through: last, by: stride))
        return indices.last == last ? indices : indices + [last]
    }
}

/// What a plan's input is bound to in a case.
public struct CaseInput: Sendable {
    public let source: InputSource
    public let type: ValueType
    public let rows: Rows
    public let fill: Fill

    /// What names the input's random stream: the case and the source.
    public func key(caseName: String) -> String { "\(caseName)/\(source)" }

    /// Bytes as an engine takes them.
    func tensor(datasetRows: Int, caseName: String) -> HostTensor {
        let sizes = (rows == .dataset ? [datasetRows] : []) + type.shape.axes.map(\.count)
        let elements = fill.elements(sizes.reduce(1, *), key: key(caseName: caseName))
        return switch type.element {
        case .float32: HostTensor(sizes, elements.map(Float.init))
        case .int32: HostTensor(sizes, elements.map { Int32($0) })
        }
    }
}
