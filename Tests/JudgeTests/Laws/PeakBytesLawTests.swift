import ScrubCPU
import ScrubPlan
import ScrubPlanner
import Testing

/// What a prepared plan says that a run will have allocated at its peak is what the engine's allocator then had.
@Suite struct PeakBytesLawTests {
    /// Statement: to the byte on the CPU, on random hypotheses, whatever passes, memory limit, chunks, threads and caches.
    @Test(arguments: UInt64(3200)..<3260) func ofTheCPU(seed: UInt64) throws {
        try expectStatedPeaks(seed) { plan in
            var peaks: [(name: String, stated: Int, counted: Int)] = []
            for threads in [1, 2, 5] {
                for cache in [nil, 2048, 64] {
                    let backend = CPUBackend(threads: threads, cacheBytes: cache)
                    peaks.append(try plan.peak(on: backend, "\(threads) threads, caches of \(cache ?? 1 << 18) bytes"))
                }
            }
            return peaks + [try plan.peak(on: Engines.severalCPUs, "several")]
        }
    }

    /// Statement: the same on OpenCL.
    @Test(.enabled(if: Engines.shared.openCL != nil, "no OpenCL device"), arguments: UInt64(3200)..<3220)
    func ofOpenCL(seed: UInt64) throws {
        guard let backend = Engines.shared.openCL else { return }
        try expectStatedPeaks(seed) { plan in
            [
                try plan.peak(on: backend, "OpenCL"),
                try plan.peak(on: SeveralBackends(backend, [backend, Engines.shared.cpu(threads: 2)]), "several"),
            ]
        }
    }

    private struct BoundPlan {
        var plan: Plan
        let bindings: Bindings

        func peak(on backend: some Backend, _ name: String) throws -> (name: String, stated: Int, counted: Int) {
            let prepared = try backend.prepare(plan)
            let stated = prepared.peakBytes(datasetRows: bindings.datasetRows, replicates: bindings.replicates)
            return (name, stated, try prepared.run(bindings).record.peakBytes)
        }
    }

    private func expectStatedPeaks(
        _ seed: UInt64, _ peaks: (BoundPlan) throws -> [(name: String, stated: Int, counted: Int)]
    ) throws {
        try withTemporaryFolder { folder in
            let scrubbed = try Scrubbed(.random(seed), in: folder)
            for (name, plan) in try scrubbed.plans() {
                for chunk in [nil, 1, 3] {
                    var bound = BoundPlan(plan: plan, bindings: scrubbed.bindings)
                    if let chunk { bound.plan.chunks = Chunks(dataset: chunk, replicates: chunk) }
                    for (engine, stated, counted) in try peaks(bound) {
                        #expect(
                            stated == counted, "\(name), \(engine), chunks of \(chunk.map(String.init) ?? "any size")")
                        #expect(counted > 0)
                    }
                }
            }
        }
    }
}
