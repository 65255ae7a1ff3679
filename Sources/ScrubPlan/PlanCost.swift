internal import ScrubCore
internal import ScrubOps

/// What a plan costs, known before it runs.
public struct PlanCost: Hashable, Sendable, Codable {
    public var operations: Double
    /// Bytes that steps read and write; weights once for each chunk.
    public var bytes: Double
    /// Most bytes alive at once: weights, bound columns, tables, kept values, roots, and one chunk's arena for each
    /// worker.
    public var peakBytes: Int

    public init(operations: Double, bytes: Double, peakBytes: Int) {
        self.operations = operations
        self.bytes = bytes
        self.peakBytes = peakBytes
    }
}

extension Plan {
    /// Work of the steps of one axis over `count` rows.
    private func cost(on rows: Rows, _ count: Int) -> Cost {
        let chunks = Double(chunkCount(on: rows, count))
        return steps(on: rows).reduce(Cost.zero) { total, step in
            let work = work(of: step)
            return total
                + Cost(
                    operations: work.operations * Double(count),
                    bytes: work.bytes * Double(count) + work.bytesPerChunk * chunks)
        }
    }

    /// Bytes held through a run: weights, columns, tables, kept values and roots.
    public func residentBytes(datasetRows: Int, replicates: Int) -> Int {
        func bytes(of value: Int) -> Int {
            switch values[value].rows {
            case .constant: values[value].type.bytes
            case .dataset: values[value].type.bytes * datasetRows
            case .replicates: values[value].type.bytes * replicates
            }
        }
        let computed = Set(steps.map(\.output))
        let held = inputs.map(\.value) + kept.filter(computed.contains) + roots.map(\.value)
        return held.reduce(0) { $0 + bytes(of: $1) } + tables.count * replicates * 4
    }

    /// Bytes that one worker's arena takes in the phase that needs more.
    public var arenaBytes: Int {
        max(
            Layout(self, phase: .dataset).elementsPerRow * chunks.dataset,
            Layout(self, phase: .replicates).elementsPerRow * chunks.replicates) * 4
    }

    public func cost(datasetRows: Int, replicates: Int, workers: Int) -> PlanCost {
        let total = cost(on: .dataset, datasetRows) + cost(on: .replicates, replicates)
        return PlanCost(
            operations: total.operations, bytes: total.bytes,
            peakBytes: residentBytes(datasetRows: datasetRows, replicates: replicates) + workers * arenaBytes)
    }
}
