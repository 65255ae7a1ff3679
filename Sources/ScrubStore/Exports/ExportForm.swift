internal import ScrubCore

/// In what form runs leave a store.
public enum ExportForm: String, Sendable, CaseIterable {
    /// A row a run.
    case csv
    /// A row a number.
    case figuresCSV
    /// A JSON object a run.
    case jsonl
    /// A table as a README has it.
    case markdown
}

extension RunStore {
    /// Writes runs to a file, of which few are held at a time. A reader of the file sees the old one or the whole new one.
    ///
    /// - Parameters:
    ///   - form: of the file.
    ///   - filter: which runs.
    ///   - path: of the file.
    /// - Throws: `StoreError`, and `FileError` where the file cannot be written.
    public func export(_ form: ExportForm, _ filter: RunFilter = .all, to path: String) throws {
        let file = try AtomicFile(path)
        let write: (String) throws -> Void = { try file.write(Array($0.utf8)) }
        switch form {
        case .csv: try csv(filter, to: write)
        case .figuresCSV: try figuresCSV(filter, to: write)
        case .jsonl: try jsonl(filter, to: write)
        case .markdown: try write(try markdown(filter))
        }
        try file.finish()
    }
}
