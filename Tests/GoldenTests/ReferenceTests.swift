import ScrubCore
import Testing

/// The float64 forward against what is known of the models, so that engines may be compared with it.
@Suite("float64 forward", .needsGoldens)
struct ReferenceTests {
    @Test func `brackets: the first rows' logits`() throws {
        let model = try ReferenceTransformer(folder: Golden.model("brackets"))
        let tokens = try Golden.tokens("brackets")
        for (row, expected) in BracketFacts.firstLogits.enumerated() {
            let found = model.logits(tokens[row])
            #expect(abs(found[0] - expected.0) < 1e-9, "row \(row)")
            #expect(abs(found[1] - expected.1) < 1e-9, "row \(row)")
        }
    }

    @Test func `modular-addition: the mean loss over all pairs`() throws {
        let model = try ReferenceTransformer(folder: Golden.model("modular-addition"))
        let labels = try #require(try Golden.columns("modular-addition")["label"]).integers()
        let losses = zip(try Golden.tokens("modular-addition"), labels).map { tokens, label in
            crossEntropy(model.logits(tokens).suffix(model.form.outputs), label: Int(label))
        }
        let (mean, golden) = (losses.reduce(0, +) / Double(losses.count), try GoldenFigure("modular-addition", "model"))
        #expect(abs(mean / golden.mean - 1) < 1e-9, "\(mean)")
    }

    @Test func `induction-heads: the mean loss over repeated tokens`() throws {
        let model = try ReferenceTransformer(folder: Golden.model("induction-heads"))
        let array = try #require(try Golden.columns("induction-heads")["repeated"])
        let repeated = try array.integers().rows(of: array.sizes[1])
        let losses = zip(try Golden.tokens("induction-heads"), repeated).map { tokens, repeated in
            let logits = model.logits(tokens).rows(of: model.form.outputs)
            let positions = tokens.indices.filter { repeated[$0] == 1 }
            let total = positions.reduce(0) { $0 + crossEntropy(logits[$1 - 1], label: tokens[$1]) }
            return total / Double(positions.count)
        }
        let (mean, golden) = (losses.reduce(0, +) / Double(losses.count), try GoldenFigure("induction-heads", "model"))
        #expect(abs(mean / golden.mean - 1) < 1e-9, "\(mean)")
    }

    @Test(arguments: ["tracr-reverse", "tracr-frac-prevs", "tracr-hist"])
    func `tracr: the compiler's own output`(_ name: String) throws {
        let model = try ReferenceTransformer(folder: Golden.model(name))
        let expected = try #require(try Golden.columns(name)["output"]).doubles()
        let tokens = try Golden.tokens(name)
        for (row, expected) in expected.rows(of: expected.count / tokens.count).enumerated() {
            // BOS has no output of its own.
            let distances = zip(model.logits(tokens[row]), expected).dropFirst(model.form.outputs).map { abs($0 - $1) }
            guard let distance = distances.max(), distance < 1e-4 else {
                Issue.record("\(name), row \(row): \(distances)")
                return
            }
        }
    }
}

enum BracketFacts {
    /// In float64, at position 0 of the first rows.
    static let firstLogits = [
        (6.057218234, -6.255950786), (5.136274185, -5.262455978), (5.112311077, -5.237040636),
    ]
}
