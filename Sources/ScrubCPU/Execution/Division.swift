internal import ScrubPlan

/// How the rows of a phase are cut: in chunks, and these in blocks, which workers take one at a time. No value depends on
/// it.
struct Division {
    let chunkRows: Int
    let chunks: Int
    let block: Int
    let blocksPerChunk: Int
    let workers: Int
    /// Threads that may work on one block, where there are fewer blocks than threads.
    let hands: Int

    var units: Int { chunks * blocksPerChunk }

    /// Nil where nothing is to be computed.
    init?(_ phase: Phase, rows: Int, threads: Int) {
        guard !phase.names.isEmpty, rows > 0 else { return nil }
        chunkRows = min(phase.chunk, rows)
        block = min(phase.block, (rows - 1) / threads + 1)
        (chunks, blocksPerChunk) = ((rows - 1) / chunkRows + 1, (chunkRows - 1) / block + 1)
        workers = min(threads, chunks * blocksPerChunk)
        hands = threads / workers
    }

    /// Bytes of the workers' arenas, and of scratch for every thread, whether or not there is a block for it.
    func arenaBytes(_ phase: Phase, threads: Int) -> Int {
        workers * Memory.bytes(phase.arena.elements(block: block)) + Memory.bytes(threads * phase.scratch)
    }
}
