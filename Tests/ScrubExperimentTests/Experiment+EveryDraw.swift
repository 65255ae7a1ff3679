import ScrubData
import ScrubExperiment
import ScrubHypothesis
import ScrubPlan

extension Experiment {
    /// Every choice of a row for every table, with its probability: nothing merged but the baseline's, which is no
    /// scrubbed datum. Or every choice for some of the tables.
    func everyDraw(reading tables: [Int]? = nil) throws -> Enumeration {
        let rows = ClassIndex.identity(dataset.count)
        let read = tables ?? tree.tables.indices.filter { tree.tables[$0].key != ScrubTree.baseline }
        return try Enumeration(
            tree.tables, reading: Dictionary(uniqueKeysWithValues: read.map { ($0, rows) }),
            features: features.mapValues(\.classes), everything: dataset.everyRow)
    }
}
