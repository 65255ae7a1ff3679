internal import ScrubCore

/// The values of a feature, one for each row, before they are put into classes.
enum FeatureValues {
    /// A column as it is; none of its reals is NaN.
    case column(Column)
    /// What SQL gave: types may differ from row to row.
    case scalars([SQLValue])

    /// Equality as the experiment means it: NULL equals NULL; integers, texts and booleans exactly; reals exactly,
    /// with -0 equal to 0; an integer and a real when they are the same number; arrays element by element.
    func grouped() -> Grouping {
        switch self {
        case .scalars(let values):
            return Grouping(count: values.count, hash: { values[$0].hash }, equal: { values[$0] == values[$1] })
        case .column(let column):
            return Self.grouped(column)
        }
    }

    /// Those of some rows only.
    func picking(_ rows: [Int32]) -> FeatureValues {
        switch self {
        case .column(let column): .column(column.picking(rows))
        case .scalars(let values): .scalars(rows.map { values[Int($0)] })
        }
    }

    /// As messages print it.
    func text(row: Int) -> String {
        switch self {
        case .column(let column): column.text(row: row)
        case .scalars(let values): values[row].description
        }
    }

    private static func grouped(_ column: Column) -> Grouping {
        let null: UInt64 = 0x6e75_6c6c
        switch column.values {
        case .integers(let values):
            return values.withUnsafeBufferPointer { values in Grouping(count: values.count) { values[$0] } }
        case .reals(let values):
            return values.withUnsafeBufferPointer { values in
                Grouping(
                    count: values.count, hash: { values[$0].map { Grouping.mixed(bits($0)) } ?? null },
                    equal: { values[$0] == values[$1] })
            }
        case .booleans(let values):
            return Grouping(count: values.count) { values[$0].map { $0 ? 1 : 0 } }
        case .texts(let values): return Grouping(texts: values)
        case .integerArrays(let width, let values):
            return vectors(values, count: column.count, width: width) { UInt64(bitPattern: $0) }
        case .realArrays(let width, let values):
            return vectors(values, count: column.count, width: width, bits: bits)
        }
    }

    private static func vectors<Values: RandomAccessCollection>(
        _ values: Values, count: Int, width: Int, bits: (Values.Element) -> UInt64
    ) -> Grouping where Values.Index == Int, Values.Element: Equatable {
        Grouping(
            count: count,
            hash: { row in
                var hash: UInt64 = 0
                for index in row * width..<(row + 1) * width { hash = Grouping.mixed(hash ^ bits(values[index])) }
                return hash
            },
            equal: { a, b in
                for index in 0..<width where values[a * width + index] != values[b * width + index] { return false }
                return true
            })
    }

    /// The bits of a real, the same for -0 and 0.
    private static func bits(_ real: Double) -> UInt64 { real == 0 ? 0 : real.bitPattern }
}
