public import ScrubCore

/// A store that cannot be opened, read or written.
public enum StoreError: Diagnostic, Equatable {
    case missing(String)
    case noFolder(String)
    case isFolder(String)
    case notAStore(String, String)
    case newer(String, version: Int, known: Int)
    case cannotOpen(String, String)
    case readOnly(String)
    /// Another process has the database to itself.
    case locked(String)
    /// Another process runs a sweep or a merge into it.
    case taken(String, by: String)
    case full(String)
    case corrupt(String, String)
    /// What is read has another checksum than what was written; and how to be rid of it.
    case changed(String, what: String, remedy: String)
    case failed(String, String)
    /// Two stores have other figures of one run.
    case conflicts(into: String, from: String, [String])

    private var path: String {
        switch self {
        case .missing(let path), .noFolder(let path), .isFolder(let path), .notAStore(let path, _),
            .newer(let path, _, _),
            .cannotOpen(let path, _), .readOnly(let path), .locked(let path), .taken(let path, _), .full(let path),
            .corrupt(let path, _), .changed(let path, _, _), .failed(let path, _):
            path
        case .conflicts(_, let from, _): from
        }
    }

    public var location: SourceLocation? { SourceLocation(file: path) }

    public var message: String {
        switch self {
        case .missing: "no such store"
        case .noFolder: "cannot make a store: the folder does not exist"
        case .isFolder: "is a folder, expected a store"
        case .notAStore(_, let found): "not a store of runs: \(found)"
        case .newer(_, let version, let known):
            "a store of a newer scrubjay (format \(version), this one knows up to \(known)): it takes that version or newer"
        case .cannotOpen(_, let why): "cannot open the store: \(why)"
        case .readOnly: "cannot write to the store: the file or its folder is read-only"
        case .locked: "the store is locked by another process: try again when it has ended"
        case .taken(_, let holder): "the store is being written by \(holder): one sweep or merge at a time"
        case .full: "cannot write to the store: the disk is full; nothing that was done is lost"
        case .corrupt(_, let what):
            "the store is damaged: \(what); `sqlite3 FILE .recover` saves what can be read, and what is lost runs again"
        case .changed(_, let what, let remedy):
            "\(what) was changed or damaged: its checksum is another; `sqlite3 FILE \"\(remedy)\"` drops it, and it runs again"
        case .failed(_, let why): "the store failed: \(why)"
        case .conflicts(let into, _, let conflicts):
            "\(conflicts.count) \(conflicts.count == 1 ? "run has" : "runs have") other figures than in \(into), so that nothing "
                + "was merged: \(conflicts.prefix(5).joined(separator: "; "))\(conflicts.count > 5 ? "; …" : "")"
        }
    }

    public var fault: Fault {
        switch self {
        case .missing, .isFolder, .notAStore, .newer, .conflicts: .input
        default: .device
        }
    }

    /// - Parameters:
    ///   - path: of the store.
    ///   - number: of a row of `run`.
    ///   - what: is not what was written.
    static func changed(_ path: String, run number: Int64, _ what: String) -> StoreError {
        .changed(
            path, what: "\(what), of run \(number),",
            remedy: "PRAGMA foreign_keys = ON; DELETE FROM run WHERE id = \(number)")
    }

    /// - Parameters:
    ///   - path: of the store.
    ///   - number: of an unfinished batch.
    static func changed(_ path: String, batch number: Int64) -> StoreError {
        .changed(
            path, what: "the progress of unfinished runs, batch \(number),",
            remedy: "DELETE FROM chunk WHERE batch = \(number); DELETE FROM batch WHERE id = \(number)")
    }
}
