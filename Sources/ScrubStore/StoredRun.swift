public import Foundation
public import ScrubExperiment

/// A run as the store has it.
public struct StoredRun: Sendable {
    public enum State: Sendable, Hashable {
        case done
        /// It cannot be run, or was not to its end, and why; the input is to blame or a device.
        case failed(message: String, isInput: Bool)
        /// Asked for; so many replicates of it are kept.
        case unfinished(replicates: Int)
    }

    /// Digest of the statement, the contents of the files it reads and the program's version: runs of one key have the same
    /// figures.
    public var key: String
    public var statement: RunStatement
    public var state: State
    /// Where it is done.
    public var report: Report?
    /// The treeified hypothesis in Graphviz's language, where it could be read.
    public var tree: String?
    /// What repeats it in a shell.
    public var command: String
    public var finished: Date?
    /// What it took; of runs that shared a plan, its share.
    public var seconds: Double?

    public init(
        key: String, statement: RunStatement, state: State, report: Report? = nil, tree: String? = nil, command: String,
        finished: Date? = nil, seconds: Double? = nil
    ) {
        self.key = key
        self.statement = statement
        self.state = state
        self.report = report
        self.tree = tree
        self.command = command
        self.finished = finished
        self.seconds = seconds
    }
}
