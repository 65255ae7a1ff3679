internal import ScrubCore
public import ScrubModels

/// Data of no meaning, on which a model can be run before there are any of its own.
public enum StandInData {
    /// Rows of random tokens, as JSON lines: `tokens`, and `first`, what the first of them leaves when divided by four.
    ///
    /// - Parameter configuration: the model's, which says what tokens there are and how many positions.
    public static func lines(for configuration: TransformerConfiguration) -> String {
        let (rows, positions) = (64, min(configuration.positions, 16))
        let random = RandomStream(seed: 0, key: 0)
        let allowed = (0..<configuration.vocabulary).filter { $0 != configuration.paddingToken }
        let choices = allowed.isEmpty ? [0] : allowed
        return (0..<rows).map { row in
            let tokens = (0..<positions).map { position in
                choices[Int(random.bits(replicate: UInt64(row * positions + position)) % UInt64(choices.count))]
            }
            let list = tokens.map(String.init).joined(separator: ", ")
            return "{\"tokens\": [\(list)], \"first\": \((tokens.first ?? 0) % 4)}\n"
        }.joined()
    }
}
