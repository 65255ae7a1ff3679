internal import ScrubOps
public import ScrubPlan

extension Plan {
    /// Operations of treeified execution that shares nothing between draws: each value that is gathered is computed, with
    /// all below it, for each replicate and table.
    ///
    /// - Parameters:
    ///   - datasetRows: rows on which the roots of the dataset axis are computed.
    ///   - replicates: how many.
    /// - Complexity: O(steps + (inputs of dataset steps + values gathered) × dataset steps / 64).
    public func treeifiedOperations(datasetRows: Int, replicates: Int) -> Double {
        let cost = TreeifiedCost(self)
        return cost.forEachReplicate * Double(replicates) + cost.forEachRow * Double(datasetRows)
    }
}

private struct TreeifiedCost {
    let forEachRow: Double
    let forEachReplicate: Double

    init(_ plan: Plan) {
        func operations(_ step: Step) -> Double {
            step.op.rule.operations(of: step.inputs.map { plan.values[$0].type })
        }
        let onDataset = plan.steps(on: .dataset)
        let costs = onDataset.map(operations)
        // By value, the number of its step on the dataset axis.
        var number = [Int?](repeating: nil, count: plan.values.count)
        for (place, step) in onDataset.enumerated() { number[step.output] = place }
        // By step, those that it takes, itself among them.
        var taken: [[UInt64]] = []
        /// Adds the steps that compute a value.
        func take(_ value: Int, into bits: inout [UInt64]) {
            guard let place = number[value], !bits.has(place) else { return }
            for word in taken[place].indices { bits[word] |= taken[place][word] }
        }
        for (place, step) in onDataset.enumerated() {
            var bits = [UInt64](repeating: 0, count: place / 64 + 1)
            // The last input of a residual sum takes most of what the others take.
            for input in step.inputs.reversed() { take(input, into: &bits) }
            bits[place >> 6] |= 1 << UInt64(place & 63)
            taken.append(bits)
        }
        func cost(of values: some Sequence<Int>) -> Double {
            var bits = [UInt64](repeating: 0, count: onDataset.count / 64 + 1)
            for value in values { take(value, into: &bits) }
            return bits.numbers.reduce(0) { $0 + costs[$1] }
        }

        var (gathered, own): ([Int: [Int]], Double) = ([:], 0)
        for step in plan.steps(on: .replicates) {
            own += operations(step)
            for (place, input) in step.inputs.enumerated() {
                if let table = step.op.table(ofInput: place) { gathered[table, default: []].append(input) }
            }
        }
        forEachReplicate = gathered.values.reduce(own) { $0 + cost(of: $1) }
        forEachRow = cost(of: plan.roots.map(\.value))
    }
}

extension [UInt64] {
    fileprivate func has(_ number: Int) -> Bool { self[number >> 6] >> UInt64(number & 63) & 1 == 1 }

    /// The numbers whose bits are set, ascending.
    fileprivate var numbers: [Int] {
        var numbers: [Int] = []
        for (place, word) in enumerated() {
            var rest = word
            while rest != 0 {
                numbers.append(place * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return numbers
    }
}
