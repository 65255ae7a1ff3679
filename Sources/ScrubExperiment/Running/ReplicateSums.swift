internal import ScrubStatistics

/// What the means of replicates, their intervals and their differences are made of: sums over blocks, in constant memory
/// however many replicates there are.
struct ReplicateSums: Sendable {
    /// The columns of one behaviour. A baseline that is known without replicates has none.
    enum Column: Int, CaseIterable {
        /// The behaviour scrubbed, and that of the plain model on the reference datum.
        case scrubbed, model
        /// The scrubbed less the model's, and its size.
        case change, size
        case baseline
    }

    /// By behaviour.
    private(set) var behaviours: [BlockSums]
    /// The Euclidean distance of outputs, and their divergence where they are logits.
    private(set) var distance: BlockSums
    private(set) var divergence: BlockSums?

    init(_ measured: [Replicates.Measured], _ squaredDistance: [Float], _ divergence: [Float]) {
        behaviours = measured.map { BlockSums(columns: Column.allCases.count - ($0.baseline.isEmpty ? 1 : 0)) }
        distance = BlockSums(columns: 1)
        self.divergence = divergence.isEmpty ? nil : BlockSums(columns: 1)
        add(measured, squaredDistance, divergence)
    }

    /// Takes what was measured in further replicates.
    mutating func add(_ more: Replicates) { add(more.measured, more.squaredDistance, more.divergence) }

    private mutating func add(_ measured: [Replicates.Measured], _ squaredDistance: [Float], _ divergence: [Float]) {
        for (number, measured) in measured.enumerated() {
            behaviours[number].append(count: measured.scrubbed.count) { column, i in
                switch Column(rawValue: column) {
                case .scrubbed: Double(measured.scrubbed[i])
                case .model: Double(measured.model[i])
                case .change: Double(measured.scrubbed[i] - measured.model[i])
                case .size: Double(abs(measured.scrubbed[i] - measured.model[i]))
                case .baseline, nil: Double(measured.baseline[i])
                }
            }
        }
        distance.append(count: squaredDistance.count) { Double(squaredDistance[$1].squareRoot()) }
        self.divergence?.append(count: divergence.count) { Double(divergence[$1]) }
    }

    /// One column of a behaviour.
    func column(_ column: Column, of behaviour: Int) -> BlockSums { behaviours[behaviour].picking([column.rawValue]) }
}
