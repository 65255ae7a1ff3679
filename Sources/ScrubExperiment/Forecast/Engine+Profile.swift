internal import ScrubCore
internal import ScrubOps
public import ScrubPlan
internal import ScrubPlanner

extension Engine {
    /// Measures what this engine does in a second: some seconds of work, on a machine that does nothing else.
    ///
    /// - Throws: what the engine throws.
    public func measureProfile() throws -> DeviceProfile {
        let products = try Self.products.map { inner, columns in
            let plan = ProfilePlan(
                [ValueType([Axis(.position, 8), Axis(.model, inner)])],
                [[Axis(.model, inner), Axis(.neuron, columns)]],
                rows: Self.rows(of: 8 * (inner + columns))
            ) { _ in .linear(Linear()) }
            return DeviceProfile.Rate(
                size: [inner, columns], perSecond: Double(2 * 8 * inner * columns) / (try secondsPerRow(plan)))
        }
        let attention = try Self.attention.map { queries, keys, width in
            let (q, k) = ([Axis(.position, queries), Axis(.head, width)], [Axis(.position, keys), Axis(.head, width)])
            let types = [q, k, k].map { ValueType(Shape($0)) }
            let op = Op.attention(Attention(causal: false, scale: 0.2))
            let plan = ProfilePlan(types, rows: Self.rows(of: 3 * (queries + 2 * keys) * width)) { _ in op }
            return DeviceProfile.Rate(
                size: [queries, keys, width],
                perSecond: op.rule.operations(of: types) / (try secondsPerRow(plan)))
        }
        let gathers = try Self.gathers.map { bytes in
            // The source is larger than the caches that a step's values stay in.
            var plan = ProfilePlan([ValueType([Axis(.model, bytes / 4)])], rows: (16 << 20) / bytes) { number in
                .gather(Gather(table: number))
            }
            plan.replicates = min(1 << 18, (8 << 20) / bytes)
            return DeviceProfile.Rate(size: [bytes], perSecond: Double(2 * bytes) / (try secondsPerRow(plan)))
        }
        let wide = ValueType([Axis(.model, 256)])
        func perSecond(_ work: Int, _ op: Op, _ columns: [ValueType], _ weights: [Shape] = []) throws -> Double {
            let plan = ProfilePlan(columns, weights, rows: Self.rows(of: 512)) { _ in op }
            return Double(work) / (try secondsPerRow(plan))
        }
        let logits = ValueType([Axis(.position, 4), Axis(.logit, 64)])
        let labels = ValueType([Axis(.position, 4)], .int32)
        let norm = Op.layerNorm(LayerNorm(epsilon: 1e-5))
        let (step, chunk) = try overheads()
        return DeviceProfile(
            subject: subject, products: products, attention: attention, gathers: gathers,
            elementwise: try perSecond(3 * 1024, .sum(Sum()), [wide, wide]),
            norms: try perSecond(8 * 256, norm, [wide], [wide.shape, wide.shape]),
            activations: try perSecond(20 * 256, .activation(Activation(.gelu)), [wide]),
            losses: try perSecond(12 * 256, .crossEntropy(CrossEntropy()), [logits, labels]),
            divergences: try perSecond(50 * 256, .klDivergence(KLDivergence()), [logits, logits]), stepSeconds: step,
            chunkSeconds: chunk)
    }

    /// Sizes from a small head's to a large model's.
    private static let products = [
        (8, 8), (28, 56), (56, 28), (56, 56), (64, 256), (256, 64), (256, 256), (768, 64), (768, 768), (768, 3072),
    ]
    private static let attention = [(1, 42, 28), (42, 42, 28), (16, 16, 64), (1, 128, 64), (128, 128, 64)]
    /// Bytes that are taken in one piece.
    private static let gathers = [16, 128, 1024, 8192]

    /// Rows that so many elements of each may be bound for.
    private static func rows(of elements: Int) -> Int { max(64, min(1 << 16, (2 << 20) / elements)) }

    /// The seconds of one step for one row: of what ten of them take more than two.
    private func secondsPerRow(_ plan: ProfilePlan) throws -> Double {
        var plan = plan
        // On a slow device of less, so that all of it stays some seconds.
        let share = 0.02 / (try plan.seconds(2, on: self, times: 1))
        if share < 1, plan.replicates > 0 { plan.replicates = max(64, Int(Double(plan.replicates) * share)) }
        if share < 1, plan.replicates == 0 { plan.rows = max(64, Int(Double(plan.rows) * share)) }
        let rows = Double(plan.replicates > 0 ? plan.replicates : plan.rows)
        let few = try plan.seconds(2, on: self, times: 4)
        let many = try plan.seconds(10, on: self, times: 4)
        let difference = many - few
        return (difference > 0 ? difference / 8 : many / 10) / rows
    }

    /// Seconds of a step that does nothing much, and of a chunk besides.
    private func overheads() throws -> (step: Double, chunk: Double) {
        var plan = ProfilePlan([ValueType(.scalar)], rows: 200) { _ in .sum(Sum()) }
        plan.chunk = 1
        let few = try plan.seconds(2, on: self, times: 4)
        let many = try plan.seconds(34, on: self, times: 4)
        let step = max(0, many - few) / 32 / Double(plan.rows)
        return (step, max(0, few / Double(plan.rows) - 2 * step))
    }
}
