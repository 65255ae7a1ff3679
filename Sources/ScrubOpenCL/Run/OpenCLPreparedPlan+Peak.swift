internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

extension OpenCLPreparedPlan {
    /// What `Memory` allocates. Buffers only grow, so that the peak is what there is in the end: each as large as the
    /// larger phase needs it.
    ///
    /// The scratch of a product that CLBlast makes is not in it: its size is known when the product is.
    func peakBytes(datasetRows: Int, replicates: Int) -> Int {
        4 * max(1, plan.tables.count * replicates) + bytesBesideTables(datasetRows: datasetRows, replicates: replicates)
    }

    /// Nil where a buffer would be larger than the device grants, or where members have weights and the device no double
    /// precision.
    func peakBytes(datasetRows: Int, replicates: Int, drawing draws: RowDraws) -> Int? {
        let device = backend.device
        if draws.isWeighted, !device.extensions.contains("cl_khr_fp64") { return nil }
        let chunk = steps(on: .replicates).isEmpty ? 0 : min(plan.chunks.replicates, replicates)
        // An empty buffer for tables is there too.
        return Draws.bytes(draws, capacity: chunk, on: device).map {
            4 + $0 + bytesBesideTables(datasetRows: datasetRows, replicates: replicates)
        }
    }

    private func bytesBesideTables(datasetRows: Int, replicates: Int) -> Int {
        let plan = launched
        func buffer(_ elements: Int) -> Int { max(4, 4 * elements) }
        func rows(_ value: Int) -> Int { plan.values[value].rows == .dataset ? datasetRows : 1 }
        let bound = plan.inputs.map(\.value)
        let resident = bound + Set(plan.kept).subtracting(bound)
        let staging = Staging(plan)
        var (arena, staged) = (0, Staging.statusElements)
        for (phase, total) in [(Rows.dataset, datasetRows), (.replicates, replicates)] {
            let chunk = min(phase == .dataset ? plan.chunks.dataset : plan.chunks.replicates, total)
            if steps(on: phase).isEmpty || chunk == 0 { continue }
            arena = max(arena, layout(phase).elementsPerRow * chunk)
            staged = max(staged, staging.elements(of: phase, rows: chunk))
        }
        func words(_ value: Int) -> Int {
            halved.words(rows(value) * plan.values[value].type.shape.count, of: value)
        }
        return resident.reduce(0) { $0 + buffer(words($1)) }
            + buffer(positions.count) + buffer(arena) + buffer(staged)
    }
}
