import Foundation
import ScrubStore
import ScrubSweep
import Testing

/// What a sweep asks for now, by which what it asked for before is found.
@Suite struct SweepKeysTests {
    private func besides(_ sweep: String, _ store: RunStore) throws -> [String] {
        let keys = try Sweep.read(sweep).keys()
        return try store.runs().map(\.key).filter { !keys.contains($0) }
    }

    /// Whatever the order in which texts were asked for.
    @Test func anEditThatIsUndone() throws {
        let folder = try SweepPlace()
        let store = try folder.store()
        let (sweep, file) = ("\(folder.path)/sweep.yaml", "\(folder.path)/1a.yaml")
        try "hypotheses: [1a.yaml]\nsamples: 10\n".write(toFile: sweep, atomically: true, encoding: .utf8)
        let first = try String(contentsOfFile: file, encoding: .utf8)
        func run(_ text: String) throws -> String {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            return try folder.run(Sweep.read(sweep).runs(), in: store).outcome.keys[0]
        }
        let before = try run(first)
        #expect(try besides(sweep, store).isEmpty)
        let edited = try run("# edited\n\(first)")
        #expect(try besides(sweep, store) == [before])
        #expect(try run(first) == before)
        #expect(try besides(sweep, store) == [edited])
    }
}
