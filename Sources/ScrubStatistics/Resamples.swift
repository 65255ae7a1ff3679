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
                var bits: UInt64 = 0
                for draw in 0..<blocks {
                    bits = draw % 2 == 0 ? Self.stream.bits(replicate: Self.counter(resample, draw)) : bits >> 32
                    // 32 bits scaled to a block: no block is favoured by more than 2^-20.
                    let block = Int(((bits & 0xFFFF_FFFF) * UInt64(blocks)) >> 32)
                    // Beyond 255 of at most 4,096 draws: fewer than one resample in 10^400, and not one of these.
                    counts[block] &+= 1
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

    private static func counter(_ resample: Int, _ draw: Int) -> UInt64 { UInt64(resample) << 32 | UInt64(draw / 2) }

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
                    let read = Read(counts: counts, columns: columns)
                    DispatchQueue.concurrentPerform(iterations: resamples) { resample in
                        let counts = read.counts + resample * blocks
                        let replicates = blocks * sums.size - Int(counts[blocks - 1]) * shortfall
                        for column in 0..<width {
                            means.base[resample * width + column] =
                                Self.total(counts, read.columns + column * blocks, blocks) / Double(replicates)
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
    }

    /// `Σ counts · values`.
    private static func total(_ counts: UnsafePointer<UInt8>, _ values: UnsafePointer<Double>, _ count: Int) -> Double {
        var (low, high) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        var i = 0
        while i &+ 8 <= count {
            let c = UnsafeRawPointer(counts + i).loadUnaligned(as: SIMD8<UInt8>.self)
            let v = UnsafeRawPointer(values + i)
            let wide = SIMD8<Int32>(truncatingIfNeeded: c)
            low += SIMD4<Double>(wide.lowHalf) * v.loadUnaligned(as: SIMD4<Double>.self)
            high += SIMD4<Double>(wide.highHalf) * v.loadUnaligned(fromByteOffset: 32, as: SIMD4<Double>.self)
            i &+= 8
        }
        let lanes = low + high
        var sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
        while i < count {
            sum += Double(counts[i]) * values[i]
            i &+= 1
        }
        return sum
    }
}
