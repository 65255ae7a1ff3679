import Scrubjay

/// How far a product of a device lies from the float64 product of the same numbers, by entries of some rows.
struct ProductError {
    /// The greatest difference, and the root of their mean square, over the root of the mean square of the entries.
    let greatest: Double
    let rootMeanSquare: Double

    /// Of each datum two positions, of these as many columns as make some thousand entries.
    init(_ measured: KernelCase, on backend: OpenCLBackend, coldBytes: Int) throws {
        var made = try KernelPlan(measured, further: 0, coldBytes: coldBytes)
        let positions = [0, measured.operands[0].type.shape.vectors / 2]
        try made.returnPositions(positions)
        let (tables, data) = (made.tables, made.data)
        var found: [Float] = []
        _ = try backend.prepare(made.plan).run(data, progress: KernelPlan.unobserved) { run, _ in
            found = try run.run(tables)["sampled"]?.floats ?? []
        }
        let x = data.inputs[made.source(0)]?.floats ?? []
        let w = data.inputs[made.source(1)]?.floats ?? []
        let (inner, columns) = (measured.operands[1].type.shape.vectors, measured.operands[1].type.shape.width)
        let row = measured.operands[0].type.shape.count
        let step = max(1, columns * positions.count * measured.replicates / 16_384)
        var (largest, errors, squares, count) = (0.0, 0.0, 0.0, 0.0)
        for replicate in 0..<measured.replicates {
            for (place, position) in positions.enumerated() {
                let from = Int(tables[0][replicate]) * row + position * inner
                // Another column first in each row, or the edges of tiles would be all that is met.
                for column in stride(from: (replicate + place) % step, to: columns, by: step) {
                    var sum = 0.0
                    for index in 0..<inner { sum += Double(x[from + index]) * Double(w[index * columns + column]) }
                    let at = (replicate * positions.count + place) * columns + column
                    let error = abs(Double(found[at]) - sum)
                    guard error.isFinite else { throw NotFinite(found: found[at], wanted: sum) }
                    largest = max(largest, error)
                    (errors, squares, count) = (errors + error * error, squares + sum * sum, count + 1)
                }
            }
        }
        let scale = (squares / count).squareRoot()
        (greatest, rootMeanSquare) = (largest / scale, (errors / count).squareRoot() / scale)
    }

    func report(_ name: String) {
        Measurement(name: "\(name)/greatest error", value: greatest, unit: "of the rms").report()
        Measurement(name: "\(name)/rms error", value: rootMeanSquare, unit: "of the rms").report()
    }
}

/// A product that is no number, or far from one.
struct NotFinite: Error, CustomStringConvertible {
    let found: Float
    let wanted: Double

    var description: String { "the product is \(found) where \(wanted) was expected" }
}
