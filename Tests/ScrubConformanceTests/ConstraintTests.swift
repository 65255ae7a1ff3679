import Foundation
import ScrubOps
import Testing

/// Each constraint that an op's documentation numbers is kept by its verifier, under that number and in those words.
struct ConstraintTests {
    @Test("a broken constraint is named", arguments: Violation.all)
    func message(violation: Violation) {
        let inputs = violation.inputs.map(\.description).joined(separator: "; ")
        let found = inputs.isEmpty ? "nothing" : inputs
        #expect {
            _ = try violation.op.rule.output(of: violation.inputs)
        } throws: { error in
            "\(error)"
                == "\(violation.op.name) (C\(violation.constraint)): expected \(violation.expected), found \(found)"
        }
    }

    @Test("every numbered constraint has a violation here, and the other way round")
    func complete() throws {
        let ops = Oracle.folder.deletingLastPathComponent().appending(path: "ScrubOps")
        var documented: Set<String> = []
        for op in Op.everyKind {
            let file = "\(type(of: op.rule)).swift"
            let text = try String(contentsOf: ops.appending(path: file), encoding: .utf8)
            for line in text.split(separator: "\n") where line.hasPrefix("///") {
                for match in line.matches(of: /\(C(\d+)\)/) { documented.insert("\(op.name) C\(match.1)") }
            }
        }
        let violated = Set(Violation.all.map(\.testDescription))
        #expect(documented.subtracting(violated).sorted() == [])
        #expect(violated.subtracting(documented).sorted() == [])
    }
}
