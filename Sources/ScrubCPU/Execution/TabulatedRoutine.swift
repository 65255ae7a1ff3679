internal import ScrubCore
internal import ScrubOps

/// Looks up what a token gives at its position: see ``Tabulation``.
struct TabulatedRoutine: Routine {
    private let entry: Int
    /// Of draws, where a row is another datum's.
    private let table: Int?
    private let vocabulary: Int
    private let positions: [Int]
    private let width: Int

    init(_ lookup: Tabulation.Lookup, of tabulation: Tabulation) {
        let entry = tabulation.entries[lookup.entry]
        (self.entry, table) = (lookup.entry, lookup.table)
        (vocabulary, positions, width) = (entry.vocabulary, entry.positions, entry.shape.width)
    }

    func run(_ frame: borrowing Frame) {
        guard let values = frame.bound.tabulated[entry] else { return }
        let drawn = table.map { frame.bound.tables[$0] + frame.first }
        for row in 0..<frame.rows {
            let tokens = frame.input(0).integers(drawn.map { Int($0[row]) } ?? row)
            var y = frame.floats + row * positions.count * width
            for place in 0..<frame.positions(row, of: positions.count) {
                let token = tokens[positions[place]]
                if token < 0 || Int(token) >= vocabulary {
                    frame.failure.report(input: 0, row: frame.first + row, value: token, bound: vocabulary)
                    y.update(repeating: 0, count: width)
                } else {
                    let x = values + (Int(token) * positions.count + place) * width
                    // Mostly too few to call for.
                    for i in 0..<width { y[i] = x[i] }
                }
                y += width
            }
        }
    }
}
