import Foundation
import ScrubData
import ScrubExperiment
import ScrubHypothesis
import ScrubPlan
import Testing

/// Statements about what is sampled, each of the whole distribution, not of samples: L. Chan et al., "Causal scrubbing: a
/// method for rigorously testing interpretability hypotheses", 2022, theoretical appendix.
@Suite struct TheoryTests {
    /// By row of D its probability.
    private func shares(_ experiment: Experiment) -> [Double] {
        let weights = experiment.dataset.weights ?? [Double](repeating: 1, count: experiment.dataset.count)
        return weights.map { $0 / weights.reduce(0, +) }
    }

    private func distribution<Key: Hashable>(
        _ probabilities: [Double], _ key: (Int) -> Key
    ) -> [Key: Double] {
        var distribution: [Key: Double] = [:]
        for (place, probability) in probabilities.enumerated() { distribution[key(place), default: 0] += probability }
        return distribution
    }

    private func expectEqual<Key: Hashable>(_ found: [Key: Double], _ expected: [Key: Double], _ what: String) {
        #expect(Set(found.keys) == Set(expected.keys), "\(what)")
        for (key, probability) in expected {
            // Sums of at most 6^6 terms in float64.
            #expect(abs((found[key] ?? 0) - probability) < 1e-12, "\(what): \(key)")
        }
    }

    /// What a claim's condition keeps of a row: its class.
    private func kept(_ claim: ScrubTree.Claim, of row: Int32, _ experiment: Experiment) -> Int32 {
        switch claim.same {
        case .exact: row
        case .any: 0
        case .feature(let text): experiment.features[text]?.classes.classOf[Int(row)] ?? -1
        }
    }

    /// Lemma 1: at every claim the values that its children keep, taken jointly each on its own datum, are distributed as
    /// those of one x ~ D, correlations and all; and so each datum is distributed as x.
    @Test("Lemma 1", arguments: TheoryCase.all) func consistentChildren(_ theory: TheoryCase) throws {
        let experiment = try theory.experiment()
        let (draws, shares) = (try experiment.everyDraw(), shares(experiment))
        for claim in experiment.tree.claims {
            let children = claim.children.map { experiment.tree.claims[$0] }
            let found = distribution(draws.probabilities) { draw in
                children.map { kept($0, of: draws.tables[$0.datum][draw], experiment) }
            }
            let expected = distribution(shares) { row in children.map { kept($0, of: Int32(row), experiment) } }
            expectEqual(found, expected, "below \(claim.path)")
            let rows = distribution(draws.probabilities) { draws.tables[claim.datum][$0] }
            expectEqual(rows, distribution(shares) { Int32($0) }, claim.path)
        }
    }

    /// Theorem 2: of all distributions of the inputs in which every claim's children show what those of one x ~ D show,
    /// and each input is a row of D, the scrubbed one has the largest entropy. The maximum was found numerically, to
    /// 1e-14 in every constraint, by a program that knows the constraints only.
    @Test("Theorem 2", arguments: TheoryCase.solved) func maximumEntropy(_ theory: TheoryCase) throws {
        let experiment = try theory.experiment()
        let maximum = try #require(try MaximumEntropy.fixture().hypotheses[theory.name])
        let keys = experiment.tree.tables.map(\.key)
        let inputs = try maximum.inputs.map { name in try #require(keys.firstIndex(of: name), "\(name) of \(keys)") }
        #expect(Set(inputs) == experiment.tree.tablesRead(on: experiment.graph))
        let draws = try experiment.everyDraw()
        let found = distribution(draws.probabilities) { draw in
            inputs.reduce(0) { $0 * experiment.dataset.count + Int(draws.tables[$1][draw]) }
        }
        for (place, probability) in maximum.probabilities.enumerated() {
            #expect(abs((found[place] ?? 0) - probability) < 1e-12, "\(place)")
        }
        #expect(abs(bits(found.values.sorted()) - maximum.bits) < 1e-11)
        #expect(abs(try experiment.specificity().entropyBits - maximum.bits) < 1e-11)
    }

    /// The entropy of the scrubbed inputs is that of what the output's claim keeps and what is lost at every claim below,
    /// where each feature is a function of the children's; otherwise that is above it, and the claims to blame are named.
    @Test("the entropy is the sum of what is lost", arguments: TheoryCase.all)
    func entropy(_ theory: TheoryCase) throws {
        let experiment = try theory.experiment()
        let specificity = try experiment.specificity()
        #expect(specificity.undetermined == theory.undetermined)
        #expect(specificity.isUpperBound == !theory.undetermined.isEmpty)

        let inputs = experiment.tree.tablesRead(on: experiment.graph).sorted()
        #expect(specificity.inputs == inputs.count)
        let draws = try experiment.everyDraw()
        let found = distribution(draws.probabilities) { draw in inputs.map { draws.tables[$0][draw] } }
        let entropy = bits(found.values.sorted())
        if specificity.isUpperBound {
            #expect(specificity.entropyBits > entropy + 0.01, "\(specificity.entropyBits), \(entropy)")
        } else {
            #expect(abs(specificity.entropyBits - entropy) < 1e-9, "\(specificity.entropyBits), not \(entropy)")
        }
        #expect(abs(specificity.drawBits - bits(draws.probabilities)) < 1e-9)
        #expect(specificity.entropyBits <= specificity.drawBits + 1e-12)

        // Merged, there is one combination for each choice of inputs, so its probabilities are these.
        let merged = try experiment.everyDraw(reading: inputs)
        let whole = try experiment.everyDraw(reading: inputs + (inputs.contains(0) ? [] : [0]))
        #expect(merged.probabilities.count == found.count)
        let apart = Double(specificity.leaves + 1) * specificity.datasetBits
        if specificity.isUpperBound {
            #expect(specificity.saidBits < apart - bits(whole.probabilities) + 1e-9)
        } else {
            #expect(abs(specificity.saidBits - (apart - bits(whole.probabilities))) < 1e-9)
        }
        #expect(abs(bits(merged.probabilities) - entropy) < 1e-9)
        #expect(whole.probabilities.count >= merged.probabilities.count)
    }

    private func bits(_ probabilities: [Double]) -> Double {
        probabilities.reduce(0) { $1 > 0 ? $0 - $1 * log2($1) : $0 }
    }
}
