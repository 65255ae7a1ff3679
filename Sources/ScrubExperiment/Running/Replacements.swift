internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner

/// What an ablation puts in place of nodes: zeros, or means over classes of D.
struct Replacements {
    let experiment: Experiment
    let ablation: Ablation
    /// The classes within which means are taken; one of all of D without a feature.
    let classes: ClassIndex

    /// The most rows of D that are computed at a time.
    private static let block = 1024

    init?(_ experiment: Experiment, _ ablation: Ablation) throws {
        if ablation == .resample { return nil }
        self.experiment = experiment
        self.ablation = ablation
        guard case .mean(let feature?) = ablation else {
            classes = experiment.dataset.everyRow
            return
        }
        let named = experiment.interpretation.features.mapValues(\.value)
        classes = try experiment.dataset.feature(feature, named: named, location: nil).classes
    }

    /// [row] the number of its class.
    var column: HostTensor { HostTensor([classes.classOf.count], classes.classOf) }

    /// `[group, …]` for every replacement that `plan` binds.
    func tensors(for plan: Plan, on engine: Engine) throws -> [InputSource: HostTensor] {
        var nodes: [Int: InputSource] = [:]
        for input in plan.inputs {
            guard case .statistic(let name) = input.source, name.hasPrefix(Ablation.replacement),
                let node = experiment.graph.number(of: String(name.dropFirst(Ablation.replacement.count)))
            else { continue }
            nodes[node] = input.source
        }
        var tensors: [InputSource: HostTensor] = [:]
        let means = ablation == .zero ? [:] : try means(of: nodes.keys.sorted(), on: engine)
        for (node, source) in nodes {
            let type = experiment.graph.nodes[node].type
            let values = means[node] ?? [Float](repeating: 0, count: classes.classCount * type.shape.count)
            tensors[source] = HostTensor([classes.classCount] + type.shape.axes.map(\.count), values)
        }
        return tensors
    }

    /// By node, its mean over each class, `[group, …]`: sums in float64, in the order of rows.
    private func means(of nodes: [Int], on engine: Engine) throws -> [Int: [Float]] {
        var sums: [Int: [Double]] = [:]
        var weights = [Double](repeating: 0, count: classes.classCount)
        let (graph, count) = (experiment.graph, experiment.dataset.count)
        func add(_ values: [Float], of node: Int, rows: Range<Int>) {
            let width = graph.nodes[node].type.shape.count
            var sum = sums[node] ?? [Double](repeating: 0, count: classes.classCount * width)
            for row in rows {
                let (weight, start) = (experiment.dataset.weights?[row] ?? 1, Int(classes.classOf[row]) * width)
                let from = (row - rows.lowerBound) * width
                for i in 0..<width { sum[start + i] += weight * Double(values[from + i]) }
            }
            sums[node] = sum
        }
        for row in 0..<count { weights[Int(classes.classOf[row])] += experiment.dataset.weights?[row] ?? 1 }
        let computed = nodes.filter { if case .source = graph.nodes[$0].kind { false } else { true } }
        for node in nodes {
            guard case .source(let source) = graph.nodes[node].kind,
                let values = experiment.model.columns[source]?.floats
            else { continue }
            add(values, of: node, rows: 0..<count)
        }
        if !computed.isEmpty {
            let bytes = computed.reduce(1) { $0 + graph.nodes[$1].type.bytes }
            let rows = min(count, Self.block, max(1, engine.limits.memory / 4 / bytes))
            let plain = try PlainModel(experiment, graph, computed, rows: rows, engine)
            for start in stride(from: 0, to: count, by: rows) {
                let block = start..<min(count, start + rows)
                let values = try plain.values(on: block.map { Int32($0) })
                for (node, values) in zip(computed, values) { add(values, of: node, rows: block) }
            }
        }
        return sums.mapValues { sum in
            let width = sum.count / classes.classCount
            return sum.indices.map { Float(sum[$0] / weights[$0 / width]) }
        }
    }
}
