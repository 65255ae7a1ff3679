/// One row of a dataset, as a feature written in Swift sees it.
public struct DatasetRow: Sendable {
    public let dataset: Dataset
    /// From 0.
    public let number: Int

    /// The integer in a column of integers; nil where it is NULL, or the column is another or none.
    public func integer(_ column: String) -> Int? {
        guard case .integers(let values)? = dataset[column: column]?.values else { return nil }
        return values[number].map { Int($0) }
    }

    /// The number in a column of integers or reals, as above.
    public func real(_ column: String) -> Double? {
        switch dataset[column: column]?.values {
        case .reals(let values): values[number]
        case .integers(let values): values[number].map { Double($0) }
        default: nil
        }
    }

    /// The text in a column of texts, as above.
    public func text(_ column: String) -> String? {
        guard case .texts(let values)? = dataset[column: column]?.values else { return nil }
        return values[number]
    }

    /// The row of a column of integer arrays; empty where the column is another or none.
    public func integers(_ column: String) -> [Int] {
        guard case .integerArrays(let width, let values)? = dataset[column: column]?.values else { return [] }
        return values[number * width..<(number + 1) * width].map { Int($0) }
    }
}

extension Dataset {
    /// The same rows with one more column, computed from each: a feature as a closure.
    ///
    /// - Throws: `DatasetError.duplicateColumn`.
    public func adding(_ name: String, _ feature: (DatasetRow) -> Int?) throws(DatasetError) -> Dataset {
        let values = (0..<count).map { row in
            feature(DatasetRow(dataset: self, number: row)).map { Int64($0) }
        }
        return try adding(Column(name, .integers(values)))
    }

    /// The same rows with one more column, which has as many.
    ///
    /// - Throws: `DatasetError.duplicateColumn`, `DatasetError.differentRowCounts`.
    public func adding(_ column: Column) throws(DatasetError) -> Dataset {
        let checked = try Dataset(file: file, columns: columns + [column])
        return Dataset(
            file: file, count: checked.count, columns: checked.columns, weights: weights, fileRows: fileRows)
    }
}
