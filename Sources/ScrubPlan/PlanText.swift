internal import ScrubCore
internal import ScrubOps

extension Plan: CustomStringConvertible {
    /// The plan as text, one line a table, column, step and root: what `scrubjay explain` prints and golden tests
    /// compare.
    ///
    /// Values stand by number, weights by name.
    public var description: String {
        var lines = [
            "plan, chunks of \(chunks.dataset) dataset rows and \(chunks.replicates) replicates", "", "tables",
        ]
        for (number, table) in tables.enumerated() {
            let condition = table.feature.map { " | same \($0) as #\(table.parent ?? 0)" } ?? ""
            lines.append("  #\(number) \(table.key)\(condition)")
        }
        let weights = Set(inputs.filter(\.isWeight).map(\.value))
        lines += ["", "inputs, and \(weights.count) weights"]
        for input in inputs where !input.isWeight {
            lines.append("  \(reference(input.value)) = \(input.source): \(values[input.value].type)")
        }
        for (phase, title) in [(Rows.dataset, "for each dataset row"), (.replicates, "for each replicate")] {
            lines += ["", title]
            let phaseSteps = steps(on: phase)
            if phaseSteps.isEmpty { lines.append("  (nothing)") }
            for step in phaseSteps { lines.append("  " + line(step, weights)) }
        }
        lines += ["", "roots"]
        for root in roots { lines.append("  \(root.name) = \(reference(root.value))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ step: Step, _ weights: Set<Int>) -> String {
        let operands = step.inputs.map { weights.contains($0) ? values[$0].name : "%\($0)" }.joined(separator: ", ")
        let value = values[step.output]
        return "\(reference(step.output)) = \(step.op.text)(\(operands)): \(value.type)"
    }

    private func reference(_ value: Int) -> String { "%\(value) \(values[value].name)" }
}

extension Input {
    fileprivate var isWeight: Bool { if case .weight = source.stored { true } else { false } }
}

extension Op {
    /// The op with those attributes that are not plain: `attention causal`, `gather #3`.
    var text: String {
        switch self {
        case .absoluteError(let op): "absoluteError × \(op.scale)"
        case .activation(let op): op.function.rawValue
        case .attention(let op): "attention" + (op.causal ? " causal" : "") + at(op.queries)
        case .attentionPattern(let op): "attentionPattern" + (op.causal ? " causal" : "") + at(op.queries)
        case .embed(let op): "embed" + at(op.positions)
        case .expectedLabelScore(let op): "expectedLabelScore \(op.kind.rawValue)"
        case .gather(let op): "gather #\(op.table)"
        case .labelLogit(let op): op.biased ? "labelLogit biased" : "labelLogit"
        case .labelScore(let op): "labelScore \(op.kind.rawValue)"
        case .mergePositions(let op): "mergePositions" + op.text
        case .mergeSources(let op):
            "mergeSources" + op.parts.map { " " + $0.text }.joined(separator: ";") + at(op.queries)
        case .outer(let op): "outer × \(op.positions)"
        case .paddingMask(let op): "paddingMask \(op.token)"
        case .resampleGather(let op): "resampleGather" + op.text
        case .selectPositions(let op): "selectPositions" + at(op.positions)
        case .squaredError(let op): "squaredError × \(op.scale)"
        case .expectedSquaredError(let op): "expectedSquaredError × \(op.scale)"
        case .binaryCrossEntropy, .crossEntropy, .difference, .expectedBinaryCrossEntropy, .expectedCrossEntropy,
            .klDivergence, .layerNorm, .linear, .lookup, .mixValues, .product, .sum:
            name
        }
    }

    private func at(_ positions: [Int]?) -> String {
        guard let positions else { return "" }
        return " at "
            + (positions.count > 8 ? "\(positions.count) positions" : positions.map(String.init).joined(separator: ","))
    }
}

extension ResampleGather {
    /// The terms in order, with the positions that they have: ` #3[0,2] own[1]`; where there are many, how many.
    fileprivate var text: String {
        terms.map { term in
            let name = term.table.map { "#\($0)" } ?? "own"
            guard let positions = term.positions?.compactMap({ $0 }) else { return " \(name)" }
            return " \(name)["
                + (positions.count > 8
                    ? "\(positions.count) positions" : positions.map(String.init).joined(separator: ",")) + "]"
        }.joined()
    }
}

extension MergePositions {
    /// Where the positions come from, in order: ` 0[0,1] 1[7]`; where there are many, how many.
    fileprivate var text: String {
        if picks.count > 8 { return " \(picks.count) positions" }
        var runs: [(input: Int, positions: [Int])] = []
        for pick in picks {
            if runs.last?.input != pick.input { runs.append((pick.input, [])) }
            runs[runs.count - 1].positions.append(pick.position)
        }
        return runs.map { " \($0.input)[\($0.positions.map(String.init).joined(separator: ","))]" }.joined()
    }
}
