internal import GRDB

/// The names of the sweeps whose runs a store has.
extension RunStore {
    /// Notes that runs of a sweep were asked for.
    ///
    /// - Parameter name: of the sweep.
    public func note(sweep name: String) throws { try write { try Self.note(sweep: name, $0) } }

    static func note(sweep name: String, _ database: Database) throws {
        try database.execute(sql: "INSERT INTO sweep (name) VALUES (?) ON CONFLICT DO NOTHING", arguments: [name])
    }

    /// In the order in which they were noted.
    public func sweeps() throws -> [String] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT name FROM sweep ORDER BY id").map { row in
                var cells = Cells(row)
                return try cells.next()
            }
        }
    }
}
