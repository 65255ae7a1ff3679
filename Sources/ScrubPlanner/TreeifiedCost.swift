internal import ScrubOps
public import ScrubPlan

extension Plan {
    /// Operations of treeified execution that shares nothing between draws: each value that is gathered is computed, with
    /// all below it, for each replicate and table.
    ///
    /// - Parameters:
    ///   - datasetRows: rows on which the roots of the dataset axis are computed.
    ///   - replicates: how many.
    /// - Complexity: O(tables × steps on the dataset axis).
    public func treeifiedOperations(datasetRows: Int, replicates: Int) -> Double {
        let costs = steps.map { $0.op.rule.operations(of: $0.inputs.map { values[$0].type }) }
        let onDataset = steps.indices.filter { values[steps[$0].output].rows == .dataset }.reversed()
        /// Of the steps that compute these values.
        func operations(of wanted: Set<Int>) -> Double {
            var (needed, total) = (wanted, 0.0)
            for number in onDataset where needed.contains(steps[number].output) {
                needed.formUnion(steps[number].inputs)
                total += costs[number]
            }
            return total
        }
        var gathered: [Int: Set<Int>] = [:]
        var perReplicate = 0.0
        for (number, step) in steps.enumerated() where values[step.output].rows == .replicates {
            perReplicate += costs[number]
            for (place, input) in step.inputs.enumerated() {
                if let table = step.op.table(ofInput: place) { gathered[table, default: []].insert(input) }
            }
        }
        perReplicate += gathered.values.reduce(0) { $0 + operations(of: $1) }
        let returned = Set(roots.map(\.value).filter { values[$0].rows == .dataset })
        return perReplicate * Double(replicates) + operations(of: returned) * Double(datasetRows)
    }
}
