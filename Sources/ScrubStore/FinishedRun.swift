public import ScrubExperiment

/// A run that has its figures.
public struct FinishedRun: Sendable {
    /// As it was asked for.
    public var key: String
    public var report: Report
    /// The treeified hypothesis in Graphviz's language.
    public var tree: String?
    /// What it took; of runs that shared a plan, its share.
    public var seconds: Double

    public init(key: String, report: Report, tree: String?, seconds: Double) {
        self.key = key
        self.report = report
        self.tree = tree
        self.seconds = seconds
    }
}
