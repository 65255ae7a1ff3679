import Foundation
import ScrubCore
import ScrubGraph
import ScrubHypothesis
import Testing

/// Shapes of hypotheses that must be allowed or refused, each a file whose second line says what is expected: the error's
/// text, or the claims and where they stand.
@Suite("structural cases") struct StructureTests {
    static let names = [
        "several-matches", "no-match", "same-path", "subsumed", "identical-parents", "idle-exclusion", "reversed",
        "two-paths", "around-parent", "below-sibling", "cycle", "two-roots", "root-below-output",
    ]
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/Structure/"

    @Test(arguments: names) func isAsExpected(_ name: String) throws {
        let text = try String(contentsOfFile: Self.folder + name + ".yaml", encoding: .utf8)
        let lines = text.split(separator: "\n")
        #expect(lines[1].dropFirst(2) == outcome(text, file: name + ".yaml"))
    }

    @Test func everyFileIsATest() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        #expect(files.sorted() == Self.names.map { $0 + ".yaml" }.sorted())
    }

    private func outcome(_ text: String, file: String) -> String {
        do {
            let graph = try LayeredGraph.make()
            let tree = try HypothesisFile.parse(text, file: file).claims.treeify(on: graph).tree
            return tree.claims.map { "\($0.path) at \($0.places.map(graph.text).joined(separator: " and "))" }
                .joined(separator: ", ")
        } catch {
            return "error: \(error)"
        }
    }
}
