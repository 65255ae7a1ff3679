public import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// The cases that judge an engine.
///
/// A newcomer adds an op's cases in a file of its own and a line to ``cases``; a test names the ops that have too few.
public enum ConformanceSuite {
    /// Every case, ops in the order of their names, then plans and models.
    public static let cases: [ConformanceCase] = [
        AbsoluteErrorCases.all, ActivationCases.all, AttentionCases.all, AttentionPatternCases.all,
        BinaryCrossEntropyCases.all, CrossEntropyCases.all, DifferenceCases.all, EmbedCases.all,
        ExpectedBinaryCrossEntropyCases.all, ExpectedCrossEntropyCases.all, ExpectedLabelScoreCases.all,
        ExpectedSquaredErrorCases.all, GatherCases.all, KLDivergenceCases.all, LabelLogitCases.all, LabelScoreCases.all,
        LayerNormCases.all, LinearCases.all, LookupCases.all, MergePositionsCases.all, MergeSourcesCases.all,
        MixValuesCases.all, OuterCases.all, PaddingMaskCases.all, ProductCases.all, ResampleGatherCases.all,
        SelectPositionsCases.all, SquaredErrorCases.all, SumCases.all, PlanCases.all, ModelCases.all,
    ].flatMap { $0 }

    /// Runs the cases on an engine, one after the other.
    ///
    /// - Parameters:
    ///   - backend: the engine.
    ///   - only: subjects (`linear`, `model`) or whole names of cases; empty for all.
    ///   - report: called after each case.
    /// - Throws: `ConformanceError.noCase` when a member of `only` names nothing. What an engine throws is an outcome.
    public static func run(
        on backend: any Backend, only: [String] = [], report: (CaseOutcome) -> Void = { _ in }
    ) throws(ConformanceError) -> [CaseOutcome] {
        let subjects = cases.reduce(into: [String]()) { if $0.last != $1.subject { $0.append($1.subject) } }
        for word in only where !cases.contains(where: { $0.answers(to: word) }) {
            throw .noCase(word, suggestions: suggestions(for: word, among: subjects), subjects: subjects)
        }
        var outcomes: [CaseOutcome] = []
        for judged in cases where only.isEmpty || only.contains(where: judged.answers(to:)) {
            var runner = CaseRunner(judged, on: backend)
            outcomes.append(runner.outcome())
            report(outcomes[outcomes.count - 1])
        }
        return outcomes
    }
}

extension ConformanceCase {
    fileprivate func answers(to word: String) -> Bool { subject == word || name == word }
}

/// A request that the suite cannot serve.
public enum ConformanceError: Diagnostic, Equatable {
    case noCase(String, suggestions: [String], subjects: [String])
    case changedByFile(String)

    public var message: String {
        switch self {
        case .noCase(let word, let suggestions, let subjects):
            "no conformance case \"\(word)\"; "
                + (suggestions.isEmpty ? "there are" : "perhaps \(suggestions.joined(separator: " or ")); there are")
                + " \(subjects.joined(separator: ", "))"
        case .changedByFile(let name): "the plan of \"\(name)\" comes back from its file changed"
        }
    }
}
