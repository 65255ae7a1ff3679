public import ScrubCore

extension Dataset {
    /// The feature that `text` means: a column, an element of an array column (`horizon_at[3]`), a name in `named`
    /// (which stands for any of the others), or an SQL expression over the scalar columns and elements of array
    /// columns.
    ///
    /// - Parameters:
    ///   - text: as the user wrote it.
    ///   - named: features by name, with their definitions. None may bear the name of a column.
    ///   - location: where the user wrote it, for errors.
    /// - Throws: `FeatureError`.
    /// - Complexity: O(rows × width), plus SQLite's work for an expression.
    public func feature(_ text: String, named: [String: String], location: SourceLocation?) throws -> Feature {
        for name in named.keys.sorted() where self[column: name] != nil {
            throw FeatureError.shadowsColumn(name: name, location: location)
        }
        let definition = named[text] ?? text
        return Feature(text, try values(definition, named: named, location: location), weights: weights)
    }

    private func values(
        _ text: String, named: [String: String], location: SourceLocation?
    ) throws -> FeatureValues {
        let trimmed = text.trimmingSpace()
        let reference = ColumnReference(trimmed, in: self)
        switch reference {
        case .column(let column):
            if let row = column.firstNaN() {
                throw FeatureError.notANumber(column: column.name, row: fileRow(row) + 1, sql: nil, location: location)
            }
            return .column(column)
        case .outside(let column, let index, let width):
            throw FeatureError.noSuchElement(column: column, index: index, width: width, location: location)
        case .notAnArray(let column):
            throw FeatureError.notAnArray(column: column, text: trimmed, location: location)
        case nil:
            let expression = try SQLExpression(text, in: self, named: named, location: location)
            return .scalars(try expression.evaluated())
        }
    }
}

extension Column {
    /// The first row with a NaN in it.
    func firstNaN() -> Int? {
        switch values {
        case .reals(let values): values.firstIndex { $0?.isNaN ?? false }
        case .realArrays(let width, let values): values.firstIndex(where: \.isNaN).map { $0 / width }
        default: nil
        }
    }

    /// The first row with an infinity in it.
    func firstInfinity() -> Int? {
        guard case .reals(let values) = values else { return nil }
        return values.firstIndex { $0?.isInfinite ?? false }
    }
}

extension String {
    /// Without white space at both ends.
    func trimmingSpace() -> String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
