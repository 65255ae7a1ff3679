internal import ScrubCore
internal import ScrubHypothesis

/// Lists of which every combination is a run. What is not stated has its default, as the one value.
struct SweepMatrix {
    /// The keys of one choice; every other key of an entry is a parameter.
    static let keys = ["hypothesis", "model", "dataset", "others", "ablation", "seed"]
    /// What stands for the policy that the hypothesis states.
    static let ofFile = "file"

    /// Numbers of hypotheses.
    var hypotheses: [Int] = []
    /// In the order in which they vary, the slowest first.
    var parameters: [(name: String, values: [String])] = []
    var models: [String?] = [nil]
    var datasets: [String?] = [nil]
    var others: [String?] = [nil]
    var ablations = ["resample"]
    var seeds: [UInt64] = [0]

    /// The parameters that a hypothesis uses.
    private func used(by hypothesis: SweepHypothesis) -> [(name: String, values: [String])] {
        parameters.filter { parameter in hypothesis.text.names.contains { $0.value == parameter.name } }
    }

    /// How many choices there are; nil for more than can be counted.
    func count(of known: [SweepHypothesis]) -> Int? {
        let rest = [models.count, datasets.count, others.count, ablations.count, seeds.count]
        return hypotheses.reduce(0 as Int?) { sum, number in
            let sizes = used(by: known[number]).map(\.values.count) + rest
            let product = sizes.reduce(1 as Int?) { product, size in
                product.map { $0.multipliedReportingOverflow(by: size) }.flatMap { $0.overflow ? nil : $0.partialValue }
            }
            guard let sum, let product, case (let total, false) = sum.addingReportingOverflow(product) else {
                return nil
            }
            return total
        }
    }

    /// Every choice, hypotheses outermost and seeds innermost.
    ///
    /// - Parameters:
    ///   - known: the sweep's hypotheses.
    ///   - location: where they are chosen; nil for where each hypothesis is named.
    func choices(of known: [SweepHypothesis], at location: SourceLocation? = nil) -> [PlacedChoice] {
        var choices: [PlacedChoice] = []
        for number in hypotheses {
            let place = location ?? known[number].location
            for values in combinations(used(by: known[number])) {
                for model in models {
                    for dataset in datasets {
                        for other in others {
                            for ablation in ablations {
                                for seed in seeds {
                                    let choice = SweepChoice(
                                        hypothesis: number, parameters: values, model: model, dataset: dataset,
                                        others: other, ablation: ablation, seed: seed)
                                    choices.append(PlacedChoice(choice: choice, location: place))
                                }
                            }
                        }
                    }
                }
            }
        }
        return choices
    }

    private func combinations(_ parameters: [(name: String, values: [String])]) -> [[String: String]] {
        parameters.reduce([[:]]) { made, parameter in
            made.flatMap { values in
                parameter.values.map { values.merging([parameter.name: $0]) { $1 } }
            }
        }
    }
}
