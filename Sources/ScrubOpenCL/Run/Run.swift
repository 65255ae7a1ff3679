internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// One run of a prepared plan: its queue, its buffers, its results so far.
///
/// Chunks follow each other on one in-order queue. Each ends with one read of the staging region; the host waits for
/// a chunk only when it has enqueued the next, so that the device does not stand idle between them.
final class Run {
    private let prepared: OpenCLPreparedPlan
    private let bindings: Bindings
    private let stream: Stream
    private let staging: Staging
    private let memory: Memory
    private var results: Results
    private var record = RunRecord()

    init(_ prepared: OpenCLPreparedPlan, _ bindings: Bindings) throws(OpenCLError) {
        self.prepared = prepared
        self.bindings = bindings
        stream = try Stream(prepared.context, programs: prepared.programs)
        staging = Staging(prepared.plan)
        memory = try Memory(prepared, bindings, staging, on: stream)
        results = Results(prepared.plan, bindings)
    }

    /// Runs the steps of one phase over all its rows.
    func run(_ phase: Rows, _ progress: (RunProgress) -> Void) throws(OpenCLError) {
        let (total, size) =
            phase == .dataset
            ? (bindings.datasetRows, prepared.plan.chunks.dataset)
            : (bindings.replicates, prepared.plan.chunks.replicates)
        if prepared.steps(on: phase).isEmpty { return }
        var pending: Landing?
        func land() throws(OpenCLError) {
            guard let landed = pending else { return }
            try results.take(landed, staging)
            progress(RunProgress(phase: phase, done: landed.chunk.start + landed.chunk.rows, total: total))
        }
        for start in stride(from: 0, to: total, by: size) {
            let enqueued = try enqueue(Chunk(phase: phase, start: start, rows: min(size, total - start)))
            try land()
            pending = enqueued
        }
        try land()
    }

    var result: RunResult {
        var record = record
        record.kernelLaunches = stream.launches
        record.peakBytes = memory.peakBytes
        return RunResult(roots: results.roots, record: record)
    }

    /// Enqueues every step of a chunk and the one read of its roots. Waits for nothing.
    private func enqueue(_ chunk: Chunk) throws(OpenCLError) -> Landing {
        let readsBefore = stream.reads
        for step in prepared.steps(on: chunk.phase) {
            record.deviceSteps[step.name, default: 0] += 1
            if step.types.output.shape.count == 0 { continue }
            let call = Call(
                types: step.types, step: step.number, rows: chunk.rows, firstRow: chunk.start,
                inputs: step.inputs.map { memory.place($0, in: chunk) }, output: memory.place(step.output, in: chunk),
                kernels: step.kernels, positions: Operand(buffer: memory.positions, offset: step.positions, stride: 0),
                table: step.table.map { memory.table($0, in: chunk) }, status: memory.staging, scratch: memory.scratch)
            try step.operation.launch(call, on: stream)
        }
        for copy in memory.copies(chunk) { try stream.copy(copy.from, to: copy.to, count: copy.elements) }
        let elements = staging.elements(of: chunk.phase, rows: chunk.rows)
        let landing = try Landing(chunk, elements: elements, of: memory.staging, on: stream)
        record.chunks[chunk.phase, default: 0] += 1
        record.readBacksPerChunk = max(record.readBacksPerChunk, stream.reads - readsBefore)
        return landing
    }
}
