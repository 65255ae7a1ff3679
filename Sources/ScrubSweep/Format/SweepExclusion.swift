internal import ScrubCore
internal import ScrubHypothesis
internal import Yams

/// An entry of `exclude`: the runs that match all that it states.
struct SweepExclusion {
    let location: SourceLocation
    private let pattern: SweepPattern
    private var hypotheses: [String]?
    private var models: [String]?
    private var datasets: [String]?
    private var others: [String?]?
    private var ablations: [String]?
    private var seeds: [UInt64]?
    private var parameters: [String: [String]] = [:]

    /// - Parameters:
    ///   - node: the entry.
    ///   - axes: reads its values.
    ///   - known: the sweep's parameters.
    init(_ node: Node, _ axes: SweepAxes, known: [String]) throws {
        let (lists, yaml) = (axes.lists, axes.lists.yaml)
        location = yaml.place(node)
        pattern = axes.pattern
        let members = try yaml.members(node, of: "an entry of exclude", known: SweepMatrix.keys + known)
        guard !members.isEmpty else {
            throw HypothesisError.value(
                location, key: "exclude", found: "an entry that states nothing", expected: "keys")
        }
        for (key, value) in members {
            switch key.value {
            case "hypothesis": hypotheses = try lists.texts(value, key: key.value).map(\.value)
            case "model": models = try lists.texts(value, key: key.value).map { pattern.resolve($0.value) }
            case "dataset": datasets = try lists.texts(value, key: key.value).map { pattern.resolve($0.value) }
            case "others": others = try lists.others(value, key: key.value)
            case "ablation": ablations = try axes.ablations(value, key: key.value)
            case "seed": seeds = try lists.seeds(value, key: key.value)
            default:
                parameters[key.value] = try lists.parameter(value, name: key.value)
            }
        }
    }

    /// Whether a choice is all that the entry states; a parameter that its hypothesis does not use has no value.
    func matches(_ choice: SweepChoice, of known: [SweepHypothesis]) -> Bool {
        func has(_ stated: [String]?, _ value: String?) -> Bool {
            stated.map { $0.contains { $0 == value } } ?? true
        }
        let path = known[choice.hypothesis].path
        return hypotheses.map { $0.contains { pattern.matches(path, $0) } } ?? true
            && has(models, choice.model) && has(datasets, choice.dataset) && has(ablations, choice.ablation)
            && others?.contains(choice.others) ?? true && seeds?.contains(choice.seed) ?? true
            && parameters.allSatisfy { has($0.value, choice.parameters[$0.key]) }
    }
}
