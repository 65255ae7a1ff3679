internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner

/// Computes the graphs before and after a rewrite on rows of D and compares them: what makes "the same function" a
/// finding and not a promise.
struct RewriteCheck {
    let experiment: Experiment
    let engine: Engine

    /// Rows looked at, spread evenly over D.
    private static let mostRows = 512
    /// Bytes of compared values that are held at a time.
    private static let block = 64 << 20

    /// The differences found, for each rewrite.
    ///
    /// - Throws: `ExperimentError.rewriteDiffers` for the first that is not the same function; what planning and
    ///   running throw.
    func figures() throws -> [Report.RewriteFigures] {
        let count = experiment.dataset.count
        let rows = (0..<min(count, Self.mostRows)).map { Int32($0 * count / min(count, Self.mostRows)) }
        return try experiment.model.rewrites.map { rewrite in
            var worst = (error: 0.0, row: 0, node: rewrite.node)
            for (pair, difference) in try differences(rewrite, on: rows) {
                let error = difference.scale.isFinite ? difference.largest / (1 + difference.scale) : .nan
                // A difference that is no number is never within a tolerance, and none is worse.
                if worst.error.isNaN { continue }
                if !(error <= worst.error) || !difference.scale.isFinite {
                    worst = (error, Int(rows[difference.row]), pair.after)
                }
            }
            guard worst.error <= rewrite.tolerance else {
                throw ExperimentError.rewriteDiffers(
                    rewrite.location, rewrite: rewrite.title, node: worst.node,
                    row: experiment.dataset.fileRow(worst.row) + 1, error: worst.error, tolerance: rewrite.tolerance)
            }
            return Report.RewriteFigures(
                rewrite: rewrite.title, node: rewrite.node, rows: rows.count, largestError: worst.error,
                tolerance: rewrite.tolerance)
        }
    }

    /// How far two values lie apart.
    private struct Difference {
        /// The largest absolute difference, and the row that has it.
        var largest = 0.0
        var row = 0
        /// The largest absolute value before.
        var scale = 0.0

        mutating func add(_ before: [Float], _ after: [Float], firstRow: Int, width: Int) {
            for i in before.indices {
                let (x, y) = (Double(before[i]), Double(after[i]))
                scale = max(scale, x.magnitude)
                if x == y || largest.isNaN { continue }
                let distance = abs(x - y)
                if !(distance <= largest) { (largest, row) = (distance, firstRow + i / max(1, width)) }
            }
        }
    }

    private func differences(
        _ rewrite: AppliedRewrite, on rows: [Int32]
    ) throws -> [(pair: Rewritten.Pair, Difference)] {
        let (before, after) = (rewrite.before, rewrite.after)
        var pairs = rewrite.kept
        let output = Rewritten.Pair(before.nodes[before.output].name, after.nodes[after.output].name)
        if !pairs.contains(output) { pairs.append(output) }
        let compared = pairs.compactMap { pair in
            before.number(of: pair.before).flatMap { old in after.number(of: pair.after).map { (pair, old, $0) } }
        }
        let bytes = compared.reduce(1) { $0 + before.nodes[$1.1].type.bytes + after.nodes[$1.2].type.bytes }
        let block = min(rows.count, max(1, Self.block / bytes))
        let old = try PlainModel(experiment, before, compared.map(\.1), rows: block, engine)
        let new = try PlainModel(experiment, after, compared.map(\.2), rows: block, engine)

        var differences = compared.map { _ in Difference() }
        for start in stride(from: 0, to: rows.count, by: block) {
            let chosen = Array(rows[start..<min(rows.count, start + block)])
            let (x, y) = (try old.values(on: chosen), try new.values(on: chosen))
            for (number, (_, node, _)) in compared.enumerated() {
                differences[number].add(
                    x[number], y[number], firstRow: start, width: before.nodes[node].type.shape.count)
            }
        }
        return zip(compared, differences).map { ($0.0, $1) }
    }
}
