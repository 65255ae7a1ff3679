import ScrubGraph
import ScrubHypothesis
import ScrubPlanner

extension JudgeCase {
    /// The case that a seed stands for.
    static func random(_ seed: UInt64) -> JudgeCase { grown(seed).judged }

    /// The case that a seed stands for, with what was tried on the way.
    static func grown(_ seed: UInt64) -> ClaimGrowth {
        var random = SplitMix64(seed: seed)
        var model = TinyModel.random(seed, &random)
        let positions = random.weighted([(1, 1), (5, 2), (5, 3), (3, 4)])
        model.context = positions + (random.chance(0.3) ? 2 : 0)
        let behaviour = BehaviourStatement.random(&model, positions: positions, &random)
        let rows = TinyRow.random(count: random.integer(5...20), positions: positions, model, &random)
        let data = DataStatement(
            file: Located("data.jsonl"), tokens: Located("tokens"),
            condition: random.chance(0.2) ? Located("kept = 1") : nil,
            weight: random.chance(0.3) ? Located("weight") : nil)
        let named = TinyFeature.all.compactMap { feature in feature.definition.map { (feature.text, Located($0)) } }
        var hypothesis = Hypothesis(
            file: "case", model: Located("model"), data: data, behaviour: behaviour,
            features: Dictionary(uniqueKeysWithValues: named), interpretation: Claim("output", .any))
        if random.chance(0.3) { hypothesis.others = .random(&random) }
        var judged = JudgeCase(seed: seed, model: model, rows: rows, hypothesis: hypothesis)
        judged.ablation = random.weighted([
            (12, .resample), (2, .zero), (2, .mean(within: nil)),
            (3, .mean(within: random.pick(TinyFeature.all).text)),
        ])
        var growth = ClaimGrowth(judged, random)
        growth.grow()
        return growth
    }
}

extension TinyModel {
    fileprivate static func random(_ seed: UInt64, _ random: inout SplitMix64) -> TinyModel {
        var model = TinyModel(seed: seed)
        model.layers = random.weighted([(2, 1), (3, 2), (2, 3)])
        model.heads = random.weighted([(2, 1), (3, 2), (1, 3)])
        model.model = random.integer(4...12)
        model.head = random.integer(2...5)
        model.neurons = random.chance(0.6) ? random.integer(4...12) : nil
        model.vocabulary = random.integer(3...7)
        model.outputs = random.integer(2...5)
        model.norm = random.pick(Norm.allCases)
        model.activation = random.pick(["relu", "gelu", "gelu_new"])
        model.isCausal = random.chance(0.5)
        model.pad = random.chance(0.5) ? random.integer(0...model.vocabulary - 1) : nil
        model.hasBiases = random.chance(0.6)
        model.gain = Double.random(in: 0.6...1.3, using: &random)
        while model.paths > 200 {
            if model.heads > 1 { model.heads -= 1 } else { model.neurons = nil }
        }
        return model
    }
}

extension TinyRow {
    fileprivate static func random(
        count: Int, positions: Int, _ model: TinyModel, _ random: inout SplitMix64
    ) -> [TinyRow] {
        var rows: [TinyRow] = []
        for number in 0..<count {
            func list(_ most: Int) -> [Int] { (0..<positions).map { _ in random.integer(0...most) } }
            var mask = list(1)
            mask[positions - 1] = 1
            var row = TinyRow(
                tokens: list(model.vocabulary - 1),
                // The first row has no NULL, so that every column's type is told by it.
                columns: (0..<3).map { _ in number > 0 && random.chance(0.1) ? nil : random.integer(0...3) },
                labels: list(max(1, model.outputs - 1)),
                targets: (0..<positions * model.outputs).map { _ in Double(Float.random(in: -2...2, using: &random)) },
                mask: mask, weight: number > 0 && random.chance(0.1) ? 0 : Double.random(in: 0.1...2, using: &random),
                isKept: number == 0 || random.chance(0.8))
            // Some rows look to the model as others do.
            if number > 0, random.chance(0.2) {
                let twin = random.pick(rows)
                (row.tokens, row.labels, row.targets, row.mask) = (twin.tokens, twin.labels, twin.targets, twin.mask)
            }
            rows.append(row)
        }
        return rows
    }
}

extension BehaviourStatement {
    /// A behaviour that the model's outputs allow; a binary one makes them one or two.
    fileprivate static func random(
        _ model: inout TinyModel, positions: Int, _ random: inout SplitMix64
    ) -> BehaviourStatement {
        let measure = random.weighted([(4, Measure.crossEntropy), (2, .binaryCrossEntropy), (2, .squaredError)])
        var statement = BehaviourStatement(
            measure: Located(measure), positions: Located(.all), label: Located("labels"))
        switch measure {
        case .binaryCrossEntropy:
            let kind = random.integer(0...3)
            model.outputs = 1 + kind / 2
            if kind % 2 == 1 { statement.mask = Located("mask") }
        case .squaredError: statement.label = Located(random.chance(0.5) ? "model" : "targets")
        default:
            if positions > 1, random.chance(0.5) { statement.shift = 1 }
            if random.chance(0.3) {
                model.outputs = model.vocabulary
                statement.label = Located("tokens")
            }
            if random.chance(0.3) { statement.mask = Located("mask") }
        }
        let last = positions - 1 - statement.shift
        switch random.integer(0...2) {
        case 0 where statement.shift == 0: statement.positions = Located(.last)
        case 1:
            // The last position's mask is 1, so that weights never sum to 0.
            let list = (0..<last).filter { _ in random.chance(0.4) } + [last]
            statement.positions = Located(.list(list))
        default: break
        }
        return statement
    }
}
