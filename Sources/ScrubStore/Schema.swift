internal import GRDB

/// The tables of a store, and how an older store becomes one of today's. docs/store.md describes them.
enum Schema {
    /// The bytes "jay!" and nothing else: SQLite's mark of whose file it is.
    static let applicationID = 0x6a61_7921

    static let migrations = ["1", "2", "3"]

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE text (digest TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
                    CREATE TABLE run (
                        id INTEGER PRIMARY KEY,
                        key TEXT NOT NULL UNIQUE,
                        hypothesis TEXT NOT NULL,
                        text TEXT NOT NULL REFERENCES text (digest),
                        model TEXT, data TEXT, others TEXT, ablation TEXT NOT NULL,
                        seed, samples INTEGER NOT NULL,
                        statement TEXT NOT NULL,
                        command TEXT NOT NULL,
                        state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'failed')),
                        error TEXT, error_is_input INTEGER,
                        version TEXT, backend TEXT, device TEXT, driver TEXT,
                        finished TEXT,
                        metric TEXT, model_mean REAL, scrubbed REAL, baseline REAL,
                        recovered REAL, recovered_low REAL, recovered_high REAL, trusted INTEGER,
                        digest TEXT
                    );
                    CREATE INDEX run_state ON run (state);
                    CREATE INDEX run_hypothesis ON run (hypothesis);
                    CREATE INDEX run_recovered ON run (recovered);
                    CREATE TABLE report (run INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE, json TEXT NOT NULL);
                    CREATE TABLE parameter (
                        run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                        name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (run, name)
                    ) WITHOUT ROWID;
                    CREATE TABLE figure (
                        run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                        metric TEXT NOT NULL, "of" TEXT NOT NULL, figure TEXT NOT NULL,
                        value REAL, standard_error REAL, low REAL, high REAL, method TEXT, trusted INTEGER
                    );
                    CREATE INDEX figure_run ON figure (run);
                    CREATE TABLE batch (
                        id INTEGER PRIMARY KEY AUTOINCREMENT, runs TEXT NOT NULL, replicates INTEGER NOT NULL,
                        engine TEXT NOT NULL, digest TEXT NOT NULL
                    );
                    CREATE TABLE chunk (
                        batch INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
                        seed INTEGER NOT NULL, start INTEGER NOT NULL, count INTEGER NOT NULL,
                        content TEXT NOT NULL, digest TEXT NOT NULL, bytes BLOB NOT NULL,
                        PRIMARY KEY (batch, seed, start)
                    );
                    PRAGMA application_id = \(applicationID);
                    PRAGMA user_version = 1;
                    """)
        }
        // What runs took, what their claims look like, and a checksum of what a list shows of them.
        migrator.registerMigration("2") { database in
            try database.execute(
                sql: """
                    ALTER TABLE run ADD COLUMN seconds REAL;
                    ALTER TABLE run ADD COLUMN tree TEXT REFERENCES text (digest);
                    ALTER TABLE run ADD COLUMN seal TEXT;
                    PRAGMA user_version = 2;
                    """)
            for number in try Int64.fetchAll(database, sql: "SELECT id FROM run NOT INDEXED") {
                try RunRow.seal(number, database)
            }
        }
        migrator.registerMigration("3") { database in
            try database.execute(
                sql: """
                    CREATE TABLE sweep (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
                    PRAGMA user_version = 3;
                    """)
        }
        return migrator
    }
}
