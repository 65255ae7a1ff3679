import Scrubjay
import Testing

/// One thing wrong with an experiment that is otherwise sound, and what the program says of it.
struct BadInput: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Does the damage.
    let damage: @Sendable (SmallExperiment) throws -> Void
    let arguments: [String]
    let environment: [String: String]
    /// The whole of standard error, but for the last line's end.
    let message: String
    let status: Int32

    static let run = ["run", "h.yaml", "--samples", "50", "--backend", "cpu", "--quiet"]

    init(
        _ what: String, _ arguments: [String] = run, environment: [String: String] = [:], says message: String,
        status: Int32 = 2, _ damage: @escaping @Sendable (SmallExperiment) throws -> Void = { _ in }
    ) {
        testDescription = what
        self.damage = damage
        self.arguments = arguments
        self.environment = environment
        self.message = message
        self.status = status
    }

    /// A hypothesis with `new` for `old`.
    static func hypothesis(_ old: String, _ new: String, says message: String) -> BadInput {
        BadInput(new, says: message) { try $0.replace(old, by: new, in: "h.yaml") }
    }

    /// Data with `new` for `old`.
    static func data(_ old: String, _ new: String, says message: String) -> BadInput {
        BadInput(new, says: message) { try $0.replace(old, by: new, in: "data.jsonl") }
    }

    /// A configuration with `new` for `old`.
    static func configuration(_ old: String, _ new: String, says message: String) -> BadInput {
        BadInput(new, says: message) { try $0.replace(old, by: new, in: "model/config.json") }
    }

    /// A run with more flags.
    static func flags(_ flags: String..., says message: String, status: Int32 = 2) -> BadInput {
        BadInput(flags.joined(separator: " "), run + flags, says: message, status: status)
    }

    /// Does the damage, runs the program, and compares.
    func check(_ place: Testing.SourceLocation = #_sourceLocation) throws {
        let experiment = try SmallExperiment()
        try damage(experiment)
        let result = try experiment.scrubjay(arguments, environment: environment)
        #expect(result.errors == message + "\n", sourceLocation: place)
        #expect(result.status == status, sourceLocation: place)
    }
}

@Suite struct BadInputTests {
    /// Without damage there is no error, which is what makes every other case a case.
    @Test func soundInput() throws {
        let result = try SmallExperiment().scrubjay(BadInput.run)
        #expect(result.errors == "")
        #expect(result.output == "")
        #expect(result.status == 0)
    }
}
