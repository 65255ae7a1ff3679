import ArgumentParser
import Scrubjay

/// Draws a second of one core, each like a row drawn before.
struct DrawsBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draws",
        abstract: "Million draws a second on one core, each from the class of a row drawn before.")

    @Option(help: "Rows of the dataset.")
    var rows = 1_000_000

    @Option(help: "Classes of the feature.")
    var classes = 1000

    @Option(help: "Replicates of a table.")
    var replicates = 1 << 20

    @OptionGroup var repeats: RepeatOptions

    mutating func run() throws {
        let stream = RandomStream(seed: 1, key: 2)
        let labels = (0..<rows).map { Int32(stream.bits(replicate: UInt64($0)) % UInt64(classes)) }
        let weights = (0..<rows).map { Double(stream.bits(replicate: UInt64($0)) >> 11) * 0x1p-53 }
        let feature = ClassIndex(labels: labels)
        try measure("bits") { rows in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 1024) { bits in
                for first in stride(from: 0, to: rows.count, by: 1024) {
                    stream.fill(bits, from: UInt64(first))
                    rows[first] = Int32(truncatingIfNeeded: bits[0])
                }
            }
        }
        try measure("unconditional", like: nil, ClassIndex.everything(rows))
        let given = try sampler(feature, weights: nil).draw(0..<replicates)[0]
        try measure("unweighted", like: given, feature)
        try measure("weighted", like: given, ClassIndex(labels: labels, weights: weights))
        let (sampler, memory) = (
            try sampler(feature, weights: nil), UnsafeMutableBufferPointer<Int32>.allocate(capacity: 3 * replicates)
        )
        defer { memory.deallocate() }
        let seconds = try repeats.seconds {
            try sampler.draw(
                0..<replicates,
                into: (0..<3).map {
                    UnsafeMutableBufferPointer(rebasing: memory[$0 * replicates..<($0 + 1) * replicates])
                })
        }
        report("tables", Double(3 * replicates), seconds)
    }

    /// A reference, a claim below it, and a claim below that.
    private func sampler(_ feature: ClassIndex, weights: [Double]?) throws -> Sampler {
        try Sampler(
            tables: [
                Table(key: "reference"), Table(key: "a", feature: "f", parent: 0),
                Table(key: "a/b", feature: "f", parent: 1),
            ], features: ["f": feature], everything: .everything(rows, weights: weights), seed: 7)
    }

    private func measure(_ name: String, like given: [Int32]?, _ index: ClassIndex) throws {
        let stream = RandomStream(seed: 7, key: Sampler.key(of: Table(key: name)))
        try measure(name) { rows in
            if let given {
                _ = given.withUnsafeBufferPointer { index.draw(likeRows: $0, from: 0, of: stream, into: rows) }
            } else {
                _ = index.draw(likeRows: nil, from: 0, of: stream, into: rows)
            }
        }
    }

    private func measure(_ name: String, _ body: (UnsafeMutableBufferPointer<Int32>) -> Void) throws {
        var drawn = [Int32](repeating: 0, count: replicates)
        let seconds = repeats.seconds { drawn.withUnsafeMutableBufferPointer { body($0) } }
        report(name, Double(replicates), seconds)
    }

    private func report(_ name: String, _ draws: Double, _ seconds: Double) {
        Measurement(name: "draws/\(name)", value: draws / seconds / 1e6, unit: "million/s").report()
    }
}
