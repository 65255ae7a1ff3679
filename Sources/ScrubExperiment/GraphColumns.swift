internal import ScrubCore
internal import ScrubData
internal import ScrubModels
internal import ScrubOps

/// Reads the columns that a model of the family `graph` names, each as its node states it.
struct GraphColumns {
    let dataset: Dataset

    /// `[row, …]` by source.
    func tensors(of configuration: GraphConfiguration) throws(GraphColumnError) -> [InputSource: HostTensor] {
        var tensors: [InputSource: HostTensor] = [:]
        for node in configuration.nodes {
            guard case .column(let name, let type, let below) = node.body else { continue }
            guard let column = dataset[column: name] else {
                throw .missing(
                    node.place, node: node.name, column: name, file: dataset.file, known: dataset.columns.map(\.name))
            }
            let sizes = type.shape.axes.map(\.count)
            let count = type.shape.count
            // An array of one axis is read row by row into as many axes as the node has.
            guard column.sizes == sizes || (column.sizes.count <= 1 && column.sizes.reduce(1, *) == count) else {
                throw .shape(
                    node.place, node: node.name, column: name, file: dataset.file, found: column.sizes, expected: sizes)
            }
            let tensor = [dataset.count] + sizes
            tensors[.column(name)] =
                if let below {
                    HostTensor(tensor, try integers(column, node, below: below, width: count))
                } else {
                    HostTensor(tensor, try reals(column, node, width: count))
                }
        }
        return tensors
    }

    private func integers(
        _ column: Column, _ node: GraphConfiguration.Node, below: Int, width: Int
    ) throws(GraphColumnError) -> [Int32] {
        let values: [Int64?] =
            switch column.values {
            case .integers(let all): all
            case .booleans(let all): all.map { $0.map { $0 ? 1 : 0 } }
            case .integerArrays(_, let all): Array(all)
            default: throw kind(column, node, "integers from 0 to \(below - 1)")
            }
        var read: [Int32] = []
        read.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            guard let value, 0..<Int64(below) ~= value else {
                throw wrong(column, node, index, width, value.map { "\($0)" }, "an integer from 0 to \(below - 1)")
            }
            read.append(Int32(value))
        }
        return read
    }

    private func reals(
        _ column: Column, _ node: GraphConfiguration.Node, width: Int
    ) throws(GraphColumnError) -> [Float] {
        let values: [Double?] =
            switch column.values {
            case .integers(let all): all.map { $0.map { Double($0) } }
            case .reals(let all): all
            case .booleans(let all): all.map { $0.map { $0 ? 1 : 0 } }
            case .integerArrays(_, let all): all.map { Double($0) }
            case .realArrays(_, let all): all
            case .texts: throw kind(column, node, "numbers")
            }
        var read: [Float] = []
        read.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            guard let value, Float(value).isFinite else {
                throw wrong(column, node, index, width, value.map { "\($0)" }, "a finite number of float32")
            }
            read.append(Float(value))
        }
        return read
    }

    private func kind(_ column: Column, _ node: GraphConfiguration.Node, _ expected: String) -> GraphColumnError {
        .kind(
            node.place, node: node.name, column: column.name, file: dataset.file, found: column.kind,
            expected: expected)
    }

    private func wrong(
        _ column: Column, _ node: GraphConfiguration.Node, _ index: Int, _ width: Int, _ found: String?,
        _ expected: String
    ) -> GraphColumnError {
        .value(
            SourceLocation(file: dataset.file), row: dataset.fileRow(index / width) + 1,
            column: column.width == nil ? column.name : "\(column.name)[\(index % width)]", found: found ?? "NULL",
            expected: expected, node: node.name)
    }
}
