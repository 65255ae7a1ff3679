internal import GRDB
internal import ScrubCore

/// The part of a dataset that an expression mentions, as a table in memory, with the expression as a generated column.
///
/// A generated column is SQLite's own judge of what a feature may be: a function of the row. It refuses aggregates,
/// window functions, subqueries and functions that are not deterministic when the table is made, and `date('now')`,
/// whose argument decides, when a row is read (<https://www.sqlite.org/gencol.html>,
/// <https://www.sqlite.org/deterministic.html>).
struct SQLTable {
    let expression: SQLExpression

    /// `name` as an SQL identifier.
    static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// The expression's value for each row.
    ///
    /// - Complexity: O(rows × columns mentioned).
    func values() throws -> [SQLValue] {
        try checkCells()
        let key = unusedName("#row")
        let result = unusedName("#value")
        do {
            return try DatabaseQueue().inDatabase { db in
                try fill(db, key: key, result: result)
                return try read(db, key: key, result: result)
            }
        } catch let error as DatabaseError {
            let reason = error.message ?? error.resultCode.description
            // The parenthesis that SQLite stumbles on is the one after the user's text.
            if reason.contains("near \")\": syntax error") {
                throw FeatureError.syntax(
                    sql: expression.text, problem: "it ends too early", position: nil, location: expression.location)
            }
            throw FeatureError.refused(sql: expression.text, reason: reason, location: expression.location)
        }
    }

    private func fill(_ db: Database, key: String, result: String) throws {
        let columns = expression.columns
        let names = [key] + columns.map { Self.quoted($0.name) }
        // Columns without a declared type keep every value as it is.
        let declared = ["\(key) INTEGER PRIMARY KEY"] + names.dropFirst() + ["\(result) AS (\(expression.rewritten))"]
        try db.execute(sql: "CREATE TABLE data (\(declared.joined(separator: ", ")))")
        let places = names.map { _ in "?" }.joined(separator: ", ")
        try db.inTransaction {
            let insert = try db.makeStatement(
                sql: "INSERT INTO data (\(names.joined(separator: ", "))) VALUES (\(places))")
            for row in 0..<expression.dataset.count {
                insert.setUncheckedArguments(StatementArguments([row.databaseValue] + columns.map { $0.cell(row) }))
                try insert.execute()
            }
            return .commit
        }
    }

    private func read(_ db: Database, key: String, result: String) throws -> [SQLValue] {
        // The length tells a text that was cut at U+0000 or was not UTF-8.
        let select = try db.makeStatement(
            sql: """
                SELECT \(result), CASE typeof(\(result)) WHEN 'text' THEN length(CAST(\(result) AS BLOB)) END
                FROM data ORDER BY \(key)
                """)
        var values: [SQLValue] = []
        values.reserveCapacity(expression.dataset.count)
        let rows = try Row.fetchCursor(select)
        while let row = try rows.next() {
            let value: DatabaseValue = row[0]
            let length: Int? = row[1]
            values.append(try checked(value, length: length, row: values.count))
        }
        guard values.count == expression.dataset.count else {
            throw FeatureError.refused(
                sql: expression.text, reason: "it gave \(values.count) values for \(expression.dataset.count) rows",
                location: expression.location)
        }
        return values
    }

    private func checked(_ value: DatabaseValue, length: Int?, row: Int) throws -> SQLValue {
        func bad(_ problem: String) -> FeatureError {
            .badResult(
                sql: expression.text, row: expression.dataset.fileRow(row) + 1, problem: problem,
                location: expression.location)
        }
        switch value.storage {
        case .null: return .null
        case .int64(let integer): return .integer(integer)
        case .double(let real):
            guard real.isFinite else { throw bad("\(real)") }
            return .real(real)
        case .string(let text):
            guard text.utf8.count == length else { throw bad("a text with U+0000 or bytes that are not UTF-8") }
            return .text(text)
        case .blob: throw bad("a blob, expected a number, a text or NULL")
        }
    }

    /// What SQLite would change without a word: NaN to NULL, a text with U+0000 to its beginning.
    private func checkCells() throws(FeatureError) {
        let (sql, location, dataset) = (expression.text, expression.location, expression.dataset)
        for column in expression.columns {
            if let row = column.firstNaN() {
                throw .notANumber(column: column.name, row: dataset.fileRow(row) + 1, sql: sql, location: location)
            }
            if let row = column.firstInfinity() {
                throw .infinite(column: column.name, row: dataset.fileRow(row) + 1, sql: sql, location: location)
            }
            if case .texts(let texts) = column.values,
                let row = texts.firstIndex(where: { $0?.utf8.contains(0) ?? false })
            {
                throw .zeroCharacter(column: column.name, row: dataset.fileRow(row) + 1, sql: sql, location: location)
            }
        }
    }

    /// `wanted`, quoted, lengthened until no column is called so.
    private func unusedName(_ wanted: String) -> String {
        var name = wanted
        while expression.columns.contains(where: { asciiLowercased($0.name) == asciiLowercased(name) }) { name += "#" }
        return Self.quoted(name)
    }
}

extension SQLExpression {
    /// The value for each row of the dataset.
    func evaluated() throws -> [SQLValue] { try SQLTable(expression: self).values() }
}

extension Column {
    /// The scalar in a row, as SQLite takes it.
    fileprivate func cell(_ row: Int) -> DatabaseValue {
        switch values {
        case .integers(let values): values[row]?.databaseValue ?? .null
        case .reals(let values): values[row]?.databaseValue ?? .null
        case .texts(let values): values[row]?.databaseValue ?? .null
        case .booleans(let values): values[row].map { ($0 ? 1 : 0).databaseValue } ?? .null
        case .integerArrays, .realArrays: .null
        }
    }
}
