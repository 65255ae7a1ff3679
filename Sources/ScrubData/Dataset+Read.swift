public import ScrubCore

extension Dataset {
    /// Reads a dataset, in the format that the ending of its name tells.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - condition: an SQL expression over the columns; only rows for which it is true (not 0, not NULL) belong to
    ///     the dataset.
    ///   - weight: the name of a numeric column: rows are drawn in proportion to it.
    ///   - location: where the user asked for it, for errors that are not at a place in the dataset itself.
    ///   - weightLocation: where the weight was asked for, when that is elsewhere.
    /// - Throws: `DatasetError`, `FeatureError` (the condition), and for what is wrong inside a file `JSONError`,
    ///   `NpzError`, `SafetensorsError`, `FileArrayError`; all are `Diagnostic`.
    public static func read(
        _ path: String, where condition: String?, weight: String?, location: SourceLocation?,
        weightLocation: SourceLocation? = nil
    ) throws -> Dataset {
        let columns: [Column]
        do {
            columns = try DatasetFormat.of(path, location: location).columns(path)
        } catch {
            if let failure = fileError(error) { throw DatasetError.file(failure, location: location) }
            throw error
        }
        var dataset = try Dataset(file: path, columns: columns)
        if let condition { dataset = try dataset.restricted(to: condition, location: location) }
        if let weight { dataset = try dataset.weighted(by: weight, location: weightLocation ?? location) }
        return dataset
    }

    /// The rows for which the SQL expression `condition` is true; NULL is false.
    func restricted(to condition: String, location: SourceLocation?) throws -> Dataset {
        let expression = try SQLExpression(condition, in: self, named: [:], location: location)
        let values = try expression.evaluated()
        var rows: [Int32] = []
        for (row, value) in values.enumerated() {
            switch value {
            case .null, .integer(0): continue
            case .real(let real) where real == 0: continue
            case .integer, .real: rows.append(Int32(row))
            case .text(let text):
                throw DatasetError.conditionIsText(
                    condition: condition, row: fileRow(row) + 1, value: text, location: location)
            }
        }
        guard !rows.isEmpty else {
            throw DatasetError.conditionLeftNothing(condition: condition, count: count, path: file, location: location)
        }
        return Dataset(
            file: file, count: rows.count, columns: columns.map { $0.picking(rows) }, weights: nil, fileRows: rows)
    }

    /// The same rows, weighted by the numeric column called `name`.
    func weighted(by name: String, location: SourceLocation?) throws(DatasetError) -> Dataset {
        guard let column = self[column: name] else {
            let names = columns.map(\.name)
            throw .unknownWeight(
                name: name, suggestions: suggestions(for: name, among: names), columns: names, location: location)
        }
        let values: [Double?]
        switch column.values {
        case .integers(let integers): values = integers.map { $0.map(Double.init) }
        case .reals(let reals): values = reals
        default: throw .weightNotNumeric(name: name, kind: column.kind, location: location)
        }
        var weights: [Double] = []
        weights.reserveCapacity(count)
        for (row, value) in values.enumerated() {
            guard let value, value.isFinite, value >= 0 else {
                let text = value.map { "\($0)" } ?? "NULL"
                throw .badWeight(name: name, row: fileRow(row) + 1, value: text, location: location)
            }
            weights.append(value)
        }
        let sum = weights.reduce(0, +)
        guard sum > 0 else { throw .weightsAllZero(name: name, location: location) }
        guard sum.isFinite else { throw .weightsOverflow(name: name, location: location) }
        return Dataset(file: file, count: count, columns: columns, weights: weights, fileRows: fileRows)
    }
}

/// The failure of the file system that `error` is or reports.
private func fileError(_ error: any Error) -> FileError? {
    switch error {
    case let error as FileError: error
    case SafetensorsError.file(let error): error
    case NpzError.file(let error): error
    default: nil
    }
}
