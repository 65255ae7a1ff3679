import ArgumentParser
import Scrubjay

/// Seconds to put the rows of a large dataset into classes.
struct IndexBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Seconds to index the classes of a feature of many rows, on one core.")

    @Option(help: "Rows of the dataset.")
    var rows = 10_000_000

    @Option(parsing: .upToNextOption, help: "Numbers of classes.")
    var classes = [2, 1000, 100_000]

    @OptionGroup var repeats: RepeatOptions

    mutating func run() throws {
        let stream = RandomStream(seed: 1, key: 2)
        for count in classes {
            let labels = (0..<rows).map { Int32(stream.bits(replicate: UInt64($0)) % UInt64(count)) }
            measure("labels", count) { ClassIndex(labels: labels).classCount }
            try measure("integers", count, labels) { .integers($0.map { Int64($0) }) }
            // Too far from each other for a table of all numbers between.
            try measure("far integers", count, labels) { .integers($0.map { Int64($0) << 40 }) }
            try measure("texts", count, labels) { .texts($0.map { "value \($0)" }) }
            try measure("long texts", count, labels) { .texts($0.map { "a value of the feature, called \($0)" }) }
        }
        let weights = (0..<rows).map { Double(stream.bits(replicate: UInt64($0)) >> 11) * 0x1p-53 }
        let labels = (0..<rows).map { Int32($0 % 1000) }
        measure("weighted labels", 1000) { ClassIndex(labels: labels, weights: weights).classCount }
    }

    private func measure(
        _ kind: String, _ classes: Int, _ labels: [Int32], _ values: ([Int32]) -> Column.Values
    ) throws {
        let dataset = try Dataset(file: "bench", columns: [Column("f", values(labels))])
        try measure(kind, classes) { try dataset.feature("f", named: [:], location: nil).classes.classCount }
    }

    private func measure(_ kind: String, _ classes: Int, _ body: () throws -> Int) rethrows {
        var found = 0
        let seconds = try repeats.seconds { found = try body() }
        precondition(found <= classes, "as many classes as labels")
        Measurement(name: "index/\(kind)/\(classes)", value: seconds, unit: "s").report()
    }
}
