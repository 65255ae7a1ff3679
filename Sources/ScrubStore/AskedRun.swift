/// A run that is asked for.
public struct AskedRun: Hashable, Sendable {
    /// As `StoredRun` has it.
    public var key: String
    public var statement: RunStatement
    /// What repeats it in a shell.
    public var command: String

    public init(key: String, statement: RunStatement, command: String) {
        self.key = key
        self.statement = statement
        self.command = command
    }
}
