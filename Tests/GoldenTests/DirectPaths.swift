/// Scrubbing of direct paths to the output, in float64: each claimed component on its own datum, all others on one.
struct DirectPaths {
    private let model: ReferenceTransformer
    private let tokens: [[Int]]

    /// - Parameter tokens: by row of the dataset.
    init(_ model: ReferenceTransformer, _ tokens: [[Int]]) {
        self.model = model
        self.tokens = tokens
    }

    /// The logits of one replicate, `[position, output]`.
    ///
    /// - Parameters:
    ///   - claims: by component, the row of its datum.
    ///   - others: the row of every other component's.
    func logits(_ claims: [(name: String, row: Int)], others: Int) -> [Double] {
        var components = model.components(tokens[others])
        for claim in claims {
            let claimed = model.components(tokens[claim.row])
            for place in components.indices where components[place].name == claim.name {
                components[place] = claimed[place]
            }
        }
        return model.logits(of: components.map(\.value))
    }
}
