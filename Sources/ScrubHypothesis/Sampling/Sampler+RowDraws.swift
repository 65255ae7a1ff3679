internal import ScrubData
public import ScrubPlan

extension Sampler {
    /// The draws for an engine that makes them itself; nil where a table is drawn by a sampler of the program's own.
    ///
    /// - Parameter slots: by row of D, the row of the dataset axis that computes it.
    public func rowDraws(slots: [Int32]) -> RowDraws? {
        var (classes, numbers): ([RowDraws.Classes], [String?: Int]) = ([], [:])
        var draws: [RowDraws.Draw] = []
        for (number, table) in tables.enumerated() {
            guard let index = self.classes[number] as? ClassIndex else { return nil }
            if numbers[table.feature] == nil {
                numbers[table.feature] = classes.count
                classes.append(
                    RowDraws.Classes(
                        classOf: index.classOf, offsets: index.offsets, rows: index.rows,
                        weights: index.cumulativeWeights.flatMap { sums in index.guide.map { (sums, $0) } }))
            }
            draws.append(
                RowDraws.Draw(
                    classes: numbers[table.feature, default: 0], key: Self.key(of: table), parent: table.parent))
        }
        return RowDraws(classes: classes, draws: draws, slots: slots)
    }
}
