import Foundation
import ScrubConformance
import Testing

/// The committed expected values are what `expected.py` computes.
///
/// To write them anew, after a case was added or changed: `SCRUBJAY_RECORD=1 swift test --filter ExpectedTests`.
/// Recording fails the run, so that no run passes on values it has just written.
@Suite(.enabled(if: Oracle.isThere, "needs python3 with numpy"))
struct ExpectedTests {
    @Test("expected.py gives the committed values again")
    func reproduces() throws {
        let texts = try Oracle.texts(ConformanceSuite.cases)
        if ProcessInfo.processInfo.environment["SCRUBJAY_RECORD"] != nil {
            try record(texts)
            Issue.record("recorded \(texts.count) cases; run again without SCRUBJAY_RECORD")
            return
        }
        for judged in ConformanceSuite.cases {
            let again = try #require(texts[judged.name]).split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
            let committed = try #require(judged.expected, "\(judged.name): record its expected values")
            try #require(again.count == committed.count, "\(judged.name)")
            // Machines differ in the last digit of float64, which is far below any tolerance.
            let limit = Tolerance(
                absolute: judged.tolerance.absolute / 1000, relative: 1e-9, reason: "another machine's float64")
            let worst = zip(again, committed).map { limit.error(of: $0, from: $1) }.max() ?? 0
            #expect(worst <= 1, "\(judged.name)")
        }
    }

    private func record(_ texts: [String: String]) throws {
        let folder = Oracle.folder.appending(path: "Expected")
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let note = "// Written by the test `ExpectedTests` from what expected.py prints. Do not edit."
        let subjects = Set(ConformanceSuite.cases.map(\.subject)).sorted()
        for subject in subjects {
            let bodies = ConformanceSuite.cases.filter { $0.subject == subject }.map {
                "# \($0.name)\n\(texts[$0.name] ?? "")"
            }
            let literal = "    static let \(subject) = \"\"\"\n\(bodies.joined())\"\"\"\n"
                .split(separator: "\n").map { $0.hasPrefix("    static") ? String($0) : "        \($0)" }
                .joined(separator: "\n")
            let name = subject.prefix(1).uppercased() + subject.dropFirst()
            try Data("\(note)\n\nextension Expected {\n\(literal)\n}\n".utf8)
                .write(to: folder.appending(path: "Expected+\(name).swift"))
        }
        let list = subjects.map { "        \($0),\n" }.joined()
        try Data("\(note)\n\nextension Expected {\n    static let texts: [String] = [\n\(list)    ]\n}\n".utf8)
            .write(to: folder.appending(path: "ExpectedTexts.swift"))
    }
}
