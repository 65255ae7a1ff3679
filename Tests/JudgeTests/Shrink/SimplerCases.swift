import ScrubHypothesis
import ScrubPlanner

extension JudgeCase {
    /// Cases that are simpler by one step, the greatest cuts first.
    var simpler: [JudgeCase] {
        withFewerClaims + withoutAblation + smallerModels + fewerRows + plainerClaims + lowerClaims + plainerBehaviours
    }

    private func with(_ change: (inout JudgeCase) -> Void) -> JudgeCase {
        var changed = self
        change(&changed)
        return changed
    }

    /// First the simplest hypothesis of all: the output on any datum.
    private var withFewerClaims: [JudgeCase] {
        let simplest = hypothesis.interpretation.inputs.isEmpty ? [] : [Claim("output", .any)]
        return (simplest + hypothesis.interpretation.droppingOne).map { root in
            with { $0.hypothesis.interpretation = root }
        }
    }

    private var withoutAblation: [JudgeCase] {
        let ranks: [Ablation] = [.resample, .zero, .mean(within: nil), .mean(within: "c0")]
        let plainer = ranks.prefix { $0 != ablation }.map { ablation in with { $0.ablation = ablation } }
        return plainer + (hypothesis.others == .random ? [] : [with { $0.hypothesis.others = .random }])
    }

    /// One claim moved to a component of the first layer.
    private var lowerClaims: [JudgeCase] {
        hypothesis.interpretation.movingOne.map { root in
            with {
                $0.hypothesis.interpretation = root
                $0.dropUnknownClaims()
            }
        }
    }

    private var plainerClaims: [JudgeCase] {
        hypothesis.interpretation.plainerByOne.map { root in with { $0.hypothesis.interpretation = root } }
    }

    private var smallerModels: [JudgeCase] {
        var models: [TinyModel] = []
        func add(_ isSmaller: Bool, _ change: (inout TinyModel) -> Void) {
            guard isSmaller else { return }
            var smaller = model
            change(&smaller)
            models.append(smaller)
        }
        add(model.layers > 0) { $0.layers -= 1 }
        add(model.heads > 1) { $0.heads -= 1 }
        add(model.neurons != nil) { $0.neurons = nil }
        add(model.norm != .absent) { $0.norm = .absent }
        add(model.pad != nil) { $0.pad = nil }
        add(model.hasBiases) { $0.hasBiases = false }
        add(model.model > 4) { $0.model = 4 }
        add(model.head > 2) { $0.head = 2 }
        add((model.neurons ?? 0) > 4) { $0.neurons = 4 }
        add(model.activation != "relu") { $0.activation = "relu" }
        add(model.context > positions) { $0.context = positions }
        add(!model.isCausal) { $0.isCausal = true }
        return models.map { smaller in
            with {
                $0.model = smaller
                $0.dropUnknownClaims()
            }
        }
    }

    private var fewerRows: [JudgeCase] {
        var cases = [replicates / 2, replicates - 1].filter { $0 > 0 }.map { count in with { $0.replicates = count } }
        if hypothesis.data.weight != nil { cases.append(with { $0.hypothesis.data.weight = nil }) }
        if hypothesis.data.condition != nil {
            cases.append(
                with {
                    $0.rows = data
                    $0.hypothesis.data.condition = nil
                })
        }
        for count in [rows.count / 2, rows.count - 1] where count > 0 {
            cases.append(with { $0.rows = Array(rows.prefix(count)) })
        }
        return cases
    }

    private var plainerBehaviours: [JudgeCase] {
        var cases: [JudgeCase] = []
        let statement = hypothesis.behaviour
        if statement.mask != nil { cases.append(with { $0.hypothesis.behaviour.mask = nil }) }
        if statement.shift > 0 {
            cases.append(
                with {
                    $0.hypothesis.behaviour.shift = 0
                    $0.hypothesis.behaviour.positions = Located(.last)
                })
        } else if statement.positions.value != .last {
            cases.append(with { $0.hypothesis.behaviour.positions = Located(.last) })
        } else if positions > 2 {
            cases.append(with { shorter in shorter.rows = rows.map { $0.dropLastPosition(outputs: model.outputs) } })
        }
        return cases
    }

    /// Leaves out claims on nodes that the model no longer has.
    private mutating func dropUnknownClaims() {
        let transformer = JudgeTransformer(model)
        let names = JudgedNames(transformer: transformer, positions: positions)
        func known(_ claim: Claim, below places: [JudgedPlace]) -> Claim {
            var claim = claim
            claim.inputs = claim.inputs.compactMap { child in
                (try? names.placed(child, below: places))?.first.map { known(child, below: $0.places) }
            }
            if claim.inputs.isEmpty { claim.others = nil }
            return claim
        }
        let output = JudgedPlace(site: transformer.output, elements: [], slice: "")
        hypothesis.interpretation = known(hypothesis.interpretation, below: [output])
    }
}

extension TinyRow {
    fileprivate func dropLastPosition(outputs: Int) -> TinyRow {
        var row = self
        row.tokens.removeLast()
        row.labels.removeLast()
        row.mask.removeLast()
        row.targets.removeLast(outputs)
        return row
    }
}
