internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubModels
internal import ScrubOps

/// A checkpoint's computation on a dataset.
struct BoundCheckpoint {
    let graph: Graph
    /// `[row, …]` over D, for every column that the graph reads.
    let columns: [InputSource: HostTensor]
    /// Positions of the output.
    let sequence: Int
    /// Numbers of the output at a position.
    let logits: Int
}

extension Experiment {
    /// A folder that is none is the hypothesis's mistake, and is reported there.
    static func checkpoint(_ hypothesis: Hypothesis) throws -> Checkpoint {
        let folder = hypothesis.modelFolder
        do {
            return try Checkpoint(folder: folder.value)
        } catch let error as ModelError where error.isAboutTheFolder {
            throw ExperimentError.model(folder.location, path: folder.value, error)
        }
    }

    /// Throws `ExperimentError`, `ModelError`, `GraphModelError`, `GraphColumnError`.
    static func bind(
        _ checkpoint: Checkpoint, _ hypothesis: Hypothesis, _ dataset: Dataset
    ) throws -> BoundCheckpoint {
        switch checkpoint.configuration {
        case .transformer(let configuration):
            return try bind(configuration, of: checkpoint, hypothesis.data, dataset)
        case .graph(let configuration): return try bind(configuration, of: checkpoint, hypothesis, dataset)
        }
    }

    private static func bind(
        _ configuration: TransformerConfiguration, of checkpoint: Checkpoint, _ data: DataStatement, _ dataset: Dataset
    ) throws -> BoundCheckpoint {
        let tokens = try tokens(dataset, data.tokens, vocabulary: configuration.vocabulary)
        let sequence = tokens.sizes[1]
        guard sequence <= configuration.positions else {
            throw ExperimentError.tooLong(
                data.tokens.location, column: data.tokens.value, positions: sequence, limit: configuration.positions)
        }
        return BoundCheckpoint(
            graph: try Transformer.graph(of: checkpoint, tokens: tokensColumn, positions: sequence),
            columns: [.column(tokensColumn): tokens], sequence: sequence, logits: configuration.logits)
    }

    private static func bind(
        _ configuration: GraphConfiguration, of checkpoint: Checkpoint, _ hypothesis: Hypothesis, _ dataset: Dataset
    ) throws -> BoundCheckpoint {
        let data = hypothesis.data
        if data.namesTokens { throw GraphColumnError.tokens(data.tokens.location, name: data.tokens.value) }
        let graph = try GraphModel.graph(of: configuration, in: checkpoint)
        let output = graph.nodes[graph.output]
        // The strictest of what is measured.
        let measures = ([hypothesis.behaviour] + hypothesis.also).map(\.measure)
        let measure = measures.first { !$0.value.isError } ?? hypothesis.behaviour.measure
        let readsAny = measure.value.isError
        let axes = output.type.shape.axes
        guard output.type.element == .float32, axes.count == 2, axes[0].name == .position,
            readsAny || axes[1].name == .logit
        else {
            throw GraphColumnError.output(
                measure.location, loss: measure.value.rawValue, node: output.name, found: output.type.description,
                expected: readsAny ? "numbers at each position, [position, logit]" : "[position, logit]")
        }
        return BoundCheckpoint(
            graph: graph, columns: try GraphColumns(dataset: dataset).tensors(of: configuration),
            sequence: axes[0].count, logits: axes[1].count)
    }

    /// The name under which a plan binds the tokens, whatever column they come from.
    static let tokensColumn = "tokens"

    private static func tokens(
        _ dataset: Dataset, _ name: Located<String>, vocabulary: Int
    ) throws(ExperimentError) -> HostTensor {
        guard let column = dataset[column: name.value] else {
            throw .unknownColumn(
                name.location, name: name.value, known: dataset.columns.map(\.name), role: "the tokens")
        }
        guard case .integerArrays(let width, let values) = column.values, width > 0 else {
            throw .notTokens(name.location, column: name.value, found: column.kind)
        }
        if let bad = values.firstIndex(where: { !(0..<Int64(vocabulary)).contains($0) }) {
            throw .token(
                name.location, column: name.value, row: dataset.fileRow(bad / width) + 1, position: bad % width,
                value: Int(clamping: values[bad]),
                vocabulary: vocabulary)
        }
        return HostTensor([dataset.count, width], values.map { Int32(truncatingIfNeeded: $0) })
    }

    /// Says of a name that behaviour and model both have where the model has it.
    static func naming<Result>(
        _ checkpoint: Checkpoint, _ add: () throws(GraphError) -> Result
    ) throws -> Result {
        do { return try add() } catch {
            guard case .duplicate(let name) = error, case .graph(let configuration) = checkpoint.configuration,
                let taken = configuration.taken(name)
            else { throw error }
            throw taken
        }
    }
}
