internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubOps

/// Binds the rewrites of a hypothesis: reads the tensors and columns that they name, and applies them to its model.
struct Rewriting {
    let hypothesis: Hypothesis
    let dataset: Dataset
    /// Files read so far.
    private var files: [String: Safetensors] = [:]

    init(_ hypothesis: Hypothesis, _ dataset: Dataset) {
        self.hypothesis = hypothesis
        self.dataset = dataset
    }

    /// Throws `ExperimentError`, `SafetensorsError`.
    mutating func apply(to model: inout Model) throws {
        for statement in hypothesis.rewrites {
            let stated = statement.value
            do {
                switch stated.form {
                case .project(let tensor):
                    try apply(
                        ProjectRewrite(
                            stated.node.value, onto: try read(tensor),
                            parts: stated.names?.map(\.value) ?? ["projection", "complement"]), statement, &model)
                case .estimateByColumn(let name, let along):
                    let column = try column(name, for: &model)
                    try estimate(try along.map { .along(column, try read($0)) } ?? .column(column), statement, &model)
                case .estimateByTokens(let tensor): try estimate(.tokens(try read(tensor)), statement, &model)
                case .estimateByProbe(let tensor, let source, let bias):
                    try estimate(
                        .probe(of: source.value, try read(tensor), bias: try bias.map { try read($0) }), statement,
                        &model)
                case .split(let parts):
                    let parts = parts.map { SplitRewrite.Part($0.name.value, $0.members.map(\.value)) }
                    try apply(SplitRewrite(stated.node.value, into: parts), statement, &model)
                case .combine(let members):
                    try apply(CombineRewrite(members.map(\.value), as: stated.node.value), statement, &model)
                case .duplicate: try apply(DuplicateRewrite(stated.node.value), statement, &model)
                case .unbias:
                    let parts = stated.names?.map(\.value) ?? ["unbiased", "bias"]
                    try apply(UnbiasRewrite(stated.node.value, parts: parts), statement, &model)
                case .expand(let groups):
                    let axis = try ExpandRewrite.axis(of: stated.node.value, in: model.graph)
                    let groups = try groups.map { group in
                        guard let numbers = group.numbers(below: axis.count) else {
                            throw RewriteError.range(
                                group.name.value, text: group.members.value, axis: axis.name.rawValue,
                                count: axis.count)
                        }
                        return ExpandRewrite.Group(group.name.value, numbers)
                    }
                    try apply(ExpandRewrite(stated.node.value, into: groups), statement, &model)
                case .contract: try apply(ContractRewrite(stated.node.value), statement, &model)
                }
            } catch let error as RewriteError {
                throw ExperimentError.rewrite(stated.location(of: error.subject) ?? statement.location, error)
            }
        }
        model.files += files.keys.sorted()
    }

    private func apply(
        _ rewrite: some Rewrite, _ statement: Located<RewriteStatement>, _ model: inout Model
    ) throws(RewriteError) {
        try model.apply(rewrite, at: statement.location)
    }

    private func estimate(
        _ estimate: EstimateRewrite.Estimate, _ statement: Located<RewriteStatement>, _ model: inout Model
    ) throws(RewriteError) {
        let parts = statement.value.names?.map(\.value) ?? ["phi", "residual"]
        try apply(EstimateRewrite(statement.value.node.value, by: estimate, parts: parts), statement, &model)
    }

    /// A tensor of finite numbers.
    private mutating func read(_ statement: TensorStatement) throws -> NamedTensor {
        let path = hypothesis.resolve(statement.file.value)
        let file: Safetensors
        do { file = try files[path] ?? Safetensors(path) } catch SafetensorsError.file(let error) {
            throw ExperimentError.tensorFile(statement.file.location, path: path, error)
        }
        files[path] = file
        let name = statement.tensor
        guard let array = file[name.value] else {
            throw ExperimentError.noTensor(name.location, name: name.value, file: path, known: file.names)
        }
        let values = try array.floats()
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            throw ExperimentError.tensorValue(name.location, name: name.value, index: index, value: "\(values[index])")
        }
        return NamedTensor(name.value, HostTensor(array.sizes, values))
    }

    /// A column of numbers, which the model then reads.
    private func column(_ name: Located<String>, for model: inout Model) throws -> EstimateRewrite.Column {
        guard let column = dataset[column: name.value] else {
            throw ExperimentError.unknownColumn(
                name.location, name: name.value, known: dataset.columns.map(\.name), role: "the estimate")
        }
        let values: [Double?]
        switch column.values {
        case .reals(let all): values = all
        case .integers(let all): values = all.map { $0.map { Double($0) } }
        case .booleans(let all): values = all.map { $0.map { $0 ? 1 : 0 } }
        case .realArrays(_, let all): values = all
        case .integerArrays(_, let all): values = all.map { Double($0) }
        case .texts:
            throw ExperimentError.columnKind(
                name.location, column: name.value, found: column.kind, expected: "numbers")
        }
        let width = column.sizes.reduce(1, *)
        var floats: [Float] = []
        floats.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            guard let value, Float(value).isFinite else {
                let row = index / max(1, width)
                throw ExperimentError.label(
                    name.location, column: name.value, row: dataset.fileRow(row) + 1, value: column.text(row: row),
                    expected: "finite numbers")
            }
            floats.append(Float(value))
        }
        let read = EstimateRewrite.Column(name.value, sizes: column.sizes)
        model.columns[read.source] = HostTensor([dataset.count] + column.sizes, floats)
        return read
    }
}
