internal import Foundation
internal import GRDB
internal import ScrubExperiment

/// A row of `run` whose checksum is right, read out so that threads may make runs of it.
struct RunRow: Sendable {
    var number: Int64
    var key: String
    var hypothesis: String
    /// Digest of the hypothesis's text.
    var text: String
    var model: String?
    var data: String?
    var others: String?
    var ablation: String
    var seed: UInt64
    var samples: Int
    /// As JSON, without the text.
    var statement: String
    var command: String
    var state: StoredRun.State
    /// Where it is done.
    var figures: LineFigures?
    /// Of the report.
    var digest: String?
    var finished: String?
    var seconds: Double?
    /// Digest of the drawing.
    var tree: String?
    var parameters: [String: String]

    /// What the checksum is of, besides the parameters; the checksum comes after.
    static let columns = """
        run.id, run.key, run.hypothesis, run.text, run.model, run.data, run.others, run.ablation, run.seed, run.samples, \
        run.statement, run.command, run.state, run.error, run.error_is_input, run.version, run.backend, run.device, \
        run.driver, run.metric, run.model_mean, run.scrubbed, run.baseline, run.recovered, run.recovered_low, \
        run.recovered_high, run.trusted, run.digest, run.finished, run.seconds, run.tree, run.seal
        """
    private static let sealed = 31

    /// - Parameters:
    ///   - cells: `columns`; what comes after them is left to be taken.
    ///   - parameters: of this run.
    ///   - kept: by key, the replicates that are kept.
    ///   - path: of the store.
    /// - Throws: `StoreError.changed`.
    init(_ cells: inout Cells, _ parameters: [String: String], _ kept: [String: Int], _ path: String) throws {
        number = try cells.next()
        let own = cells.text(Self.sealed)
        do {
            key = try cells.next()
            hypothesis = try cells.next()
            text = try cells.next()
            (model, data, others) = (try cells.next(), try cells.next(), try cells.next())
            ablation = try cells.next()
            seed = try Self.seed(&cells)
            samples = try cells.next()
            (statement, command) = (try cells.next(), try cells.next())
            let state: String = try cells.next()
            let (error, isInput): (String?, Bool?) = (try cells.next(), try cells.next())
            for _ in 0..<4 { _ = try cells.next(String?.self) }
            let figures = try LineFigures(&cells)
            digest = try cells.next()
            (finished, seconds, tree) = (try cells.next(), try cells.next(), try cells.next())
            self.parameters = parameters
            guard try cells.next() == Self.seal(own, parameters) else { throw Cells.Unreadable(place: Self.sealed) }
            switch state {
            case "done": (self.state, self.figures) = (.done, figures)
            case "failed": self.state = .failed(message: error ?? "", isInput: isInput ?? false)
            default: self.state = .unfinished(replicates: kept[key] ?? 0)
            }
        } catch is Cells.Unreadable {
            throw StoreError.changed(path, run: number, "what it lists")
        }
    }

    /// As a number where SQLite has one so large.
    private static func seed(_ cells: inout Cells) throws -> UInt64 {
        let value: DatabaseValue = try cells.next()
        let seed = UInt64.fromDatabaseValue(value) ?? String.fromDatabaseValue(value).flatMap { UInt64($0) }
        guard let seed else { throw Cells.Unreadable(place: 0) }
        return seed
    }

    /// Writes the checksum of a row, after all else of it.
    static func seal(_ number: Int64, _ database: Database) throws {
        guard let row = try Row.fetchOne(database, sql: "SELECT \(columns) FROM run WHERE id = ?", arguments: [number])
        else { return }
        let seal = seal(Cells(row).text(sealed), try parameters(number, database))
        try database.execute(sql: "UPDATE run SET seal = ? WHERE id = ?", arguments: [seal, number])
    }

    private static func seal(_ cells: [String], _ parameters: [String: String]) -> String {
        checksum(cells + parameters.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
    }

    /// By name, those of a run.
    static func parameters(_ number: Int64, _ database: Database) throws -> [String: String] {
        let statement = try database.cachedStatement(sql: "SELECT name, value FROM parameter WHERE run = ?")
        let rows = try Row.fetchCursor(statement, arguments: [number])
        var parameters: [String: String] = [:]
        while let row = try rows.next() {
            var cells = Cells(row)
            parameters[try cells.next()] = try cells.next(String.self)
        }
        return parameters
    }

    private struct Rounding: Decodable { var precision, storage: String? }

    /// Columns are the store's format: this is in the statement alone, which is read only where it may say so.
    private var rounding: Rounding? {
        guard statement.contains("\"precision\"") || statement.contains("\"storage\"") else { return nil }
        return try? JSONDecoder().decode(Rounding.self, from: Data(statement.utf8))
    }

    var line: RunLine {
        let rounding = rounding
        return RunLine(
            key: key, hypothesis: hypothesis, parameters: parameters, model: model, data: data, others: others,
            ablation: ablation, seed: seed, samples: samples, precision: rounding?.precision,
            storage: rounding?.storage, state: state, figures: figures, seconds: seconds,
            finished: finished)
    }
}

extension LineFigures {
    /// From the row of a run that may have none.
    fileprivate init(_ cells: inout Cells) throws {
        self.init(
            metric: try cells.next(String?.self) ?? "", model: try cells.next(Double?.self) ?? .nan,
            scrubbed: try cells.next(Double?.self) ?? .nan, baseline: try cells.next(Double?.self) ?? .nan,
            recovered: try cells.next(), low: try cells.next(), high: try cells.next(),
            isTrusted: try cells.next(Bool?.self) ?? false)
    }
}
