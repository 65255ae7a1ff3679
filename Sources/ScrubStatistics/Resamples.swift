internal import CMicroKernels
internal import Dispatch
internal import ScrubCore
internal import Synchronization

/// How often each of so many blocks is in each resample of the bootstrap: as many blocks as there are, drawn with
/// replacement by a fixed key of the counter-based generator, the same for whatever the blocks hold.
///
/// One byte a block and resample: 16 MB for 4,000 resamples of 4,096 blocks. The last counts made are kept, since the
/// figures of a run, and of runs of one length, have as many blocks.
struct Resamples: Sendable {
    let blocks: Int
    let resamples: Int
    /// [resample, block]
    private let counts: [UInt8]

    private static let last = Mutex<Resamples?>(nil)

    /// - Complexity: O(resamples × blocks), nothing where the last call asked for the same.
    static func of(_ blocks: Int, resamples: Int) -> Resamples {
        last.withLock { last in
            if let last, last.blocks == blocks, last.resamples == resamples { return last }
            // The old ones are freed before the new ones are made.
            last = nil
            let made = Resamples(blocks: blocks, resamples: resamples)
            last = made
            return made
        }
    }

    private init(blocks: Int, resamples: Int) {
        self.blocks = blocks
        self.resamples = resamples
        counts = [UInt8](unsafeUninitializedCapacity: blocks * resamples) { buffer, count in
            count = blocks * resamples
            buffer.initialize(repeating: 0)
            guard let base = buffer.baseAddress else { return }
            let rows = Rows(base)
            DispatchQueue.concurrentPerform(iterations: resamples) { resample in
                let counts = rows.base + resample * blocks
                withUnsafeTemporaryAllocation(of: UInt64.self, capacity: (blocks + 1) / 2) { bits in
                    Self.stream.fill(bits, from: UInt64(resample) << 32)
                    for draw in 0..<blocks {
                        // 32 bits scaled to a block: no block is favoured by more than 2^-20.
                        let word = bits[draw / 2] >> UInt64(32 * (draw % 2)) & 0xFFFF_FFFF
                        // Beyond 255 of at most 4,096 draws: fewer than one resample in 10^400, and not one of these.
                        counts[Int((word * UInt64(blocks)) >> 32)] &+= 1
                    }
                }
            }
        }
    }

    /// Each thread writes rows of its own.
    private struct Rows: @unchecked Sendable {
        let base: UnsafeMutablePointer<UInt8>
        init(_ base: UnsafeMutablePointer<UInt8>) { self.base = base }
    }

    /// "bootstrap" in ASCII, less its last letter.
    private static let stream = RandomStream(seed: 0, key: 0x626F_6F74_7374_7261)

    /// The means of the columns over the blocks of each resample: [resample, column]. Sums run in eight lanes by block,
    /// in a fixed order.
    ///
    /// - Complexity: O(resamples × blocks × columns).
    func means(_ sums: BlockSums) -> [Double] {
        let width = sums.width
        let shortfall = sums.size - sums.replicates(blocks - 1)
        // By column, so that a resample's counts meet neighbours.
        var columns = [Double](repeating: 0, count: width * blocks)
        for block in 0..<blocks {
            for column in 0..<width { columns[column * blocks + block] = sums.sums[block * width + column] }
        }
        return [Double](unsafeUninitializedCapacity: resamples * width) { buffer, count in
            count = resamples * width
            guard let base = buffer.baseAddress else { return }
            let means = Means(base)
            counts.withUnsafeBufferPointer { counts in
                columns.withUnsafeBufferPointer { columns in
                    guard let counts = counts.baseAddress, let columns = columns.baseAddress else { return }
                    let read = Read(counts: counts, columns: columns, sum: scrub_best_vectors().pointee.counted_sum)
                    DispatchQueue.concurrentPerform(iterations: resamples) { resample in
                        let counts = read.counts + resample * blocks
                        let replicates = blocks * sums.size - Int(counts[blocks - 1]) * shortfall
                        for column in 0..<width {
                            means.base[resample * width + column] =
                                read.sum(blocks, counts, read.columns + column * blocks) / Double(replicates)
                        }
                    }
                }
            }
        }
    }

    private struct Means: @unchecked Sendable {
        let base: UnsafeMutablePointer<Double>
        init(_ base: UnsafeMutablePointer<Double>) { self.base = base }
    }

    /// Written by nobody while it is read.
    private struct Read: @unchecked Sendable {
        let counts: UnsafePointer<UInt8>
        let columns: UnsafePointer<Double>
        let sum: @convention(c) (Int, UnsafePointer<UInt8>, UnsafePointer<Double>) -> Double
    }
}
