internal import ScrubCore

extension Column {
    /// The same column with the given rows only, in the given order.
    ///
    /// - Complexity: O(rows × width).
    func picking(_ rows: [Int32]) -> Column {
        func picked<Values: RandomAccessCollection>(_ values: Values, width: Int = 1) -> [Values.Element]
        where Values.Index == Int {
            if width == 1 { return rows.map { values[Int($0)] } }
            var result: [Values.Element] = []
            result.reserveCapacity(rows.count * width)
            for row in rows { result.append(contentsOf: values[Int(row) * width..<(Int(row) + 1) * width]) }
            return result
        }
        let values: Values =
            switch values {
            case .integers(let values): .integers(picked(values))
            case .reals(let values): .reals(picked(values))
            case .texts(let values): .texts(picked(values))
            case .booleans(let values): .booleans(picked(values))
            case .integerArrays(let width, let values):
                .integerArrays(width: width, NarrowIntegers(picked(values, width: width)))
            case .realArrays(let width, let values): .realArrays(width: width, picked(values, width: width))
            }
        return Column(name, values, count: rows.count, sizes: sizes)
    }

    /// The scalar column of element `index` of an array column; nil where there is no such element.
    ///
    /// - Complexity: O(rows).
    public func element(_ index: Int) -> Column? {
        guard let width, index >= 0, index < width else { return nil }
        let name = "\(name)[\(index)]"
        return switch values {
        case .integerArrays(_, let values):
            Column(name, .integers(values.every(width, from: index)))
        case .realArrays(_, let values):
            Column(name, .reals(stride(from: index, to: values.count, by: width).map { values[$0] }))
        default: nil
        }
    }

    /// The value in a row as text: `NULL`, `3`, `'ab'`, `[1, 2, 3]`.
    public func text(row: Int) -> String {
        switch values {
        case .integers(let values): values[row].map(String.init) ?? "NULL"
        case .reals(let values): values[row].map { "\($0)" } ?? "NULL"
        case .texts(let values): values[row].map { "'\($0)'" } ?? "NULL"
        case .booleans(let values): values[row].map(String.init) ?? "NULL"
        case .integerArrays(let width, let values): "\(Array(values[row * width..<(row + 1) * width]))"
        case .realArrays(let width, let values): "\(Array(values[row * width..<(row + 1) * width]))"
        }
    }
}
