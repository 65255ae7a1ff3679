import ScrubGraph
import ScrubHypothesis
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// A defect put in on purpose, to prove that the judge sees it.
struct Breakage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Changes how a hypothesis is read.
    var tree: @Sendable (ScrubTree, Graph) -> ScrubTree = { tree, _ in tree }
    /// Changes what is computed.
    var plan: @Sendable (Plan) -> Plan = { $0 }

    static let none = Breakage(testDescription: "nothing is broken")

    /// Every gather by the last table reads by the reference instead.
    static let swappedTable = Breakage(
        testDescription: "one table is read for another",
        plan: { plan in
            plan.changingSteps { step in
                guard case .gather(let gather) = step.op, gather.table == plan.tables.count - 1 else { return }
                step.op = .gather(Gather(table: 0))
            }
        })

    static let all: [Breakage] = [
        swappedTable,
        Breakage(
            testDescription: "attention looks the other way",
            plan: { plan in
                plan.changingSteps { step in
                    guard case .attentionPattern(var attention) = step.op else { return }
                    attention.causal.toggle()
                    step.op = .attentionPattern(attention)
                }
            }),
        Breakage(
            testDescription: "labels follow the last draw, not the reference",
            plan: { plan in
                let labels = plan.inputs.filter { "\($0.source)".contains("behaviour/labels") }.map(\.value)
                return plan.changingSteps { step in
                    guard case .gather = step.op, labels.contains(step.inputs[0]) else { return }
                    step.op = .gather(Gather(table: plan.tables.count - 1))
                }
            }),
        Breakage(
            testDescription: "other inputs follow the claim's own datum",
            tree: { tree, _ in
                tree.changingClaims { claim in if case .shared = claim.others { claim.others = .shared(claim.datum) } }
            }),
        Breakage(
            testDescription: "others: each is one draw for all",
            tree: { tree, _ in
                tree.changingClaims { claim in
                    if case .each(let tables) = claim.others { claim.others = .shared(tables.values.min() ?? 0) }
                }
            }),
        Breakage(
            testDescription: "a claim without children follows its parent's others",
            tree: { tree, _ in
                tree.changingClaims { claim in
                    guard claim.children.isEmpty, let parent = claim.parents.first else { return }
                    if case .shared(let table) = tree.claims[parent].others { claim.datum = table }
                }
            }),
        Breakage(
            testDescription: "an exact claim follows the reference, not its parent",
            tree: { tree, _ in
                tree.changingClaims { claim in
                    if let parent = claim.parents.first, claim.datum == tree.claims[parent].datum { claim.datum = 0 }
                }
            }),
        Breakage(
            testDescription: "an unclaimed mask follows the claim's own datum",
            tree: { tree, graph in
                tree.changingClaims { claim in
                    guard case .shared(let table) = claim.others else { return }
                    var tables: [Int: Int] = [:]
                    for input in graph.directInputs(of: claim.node) {
                        tables[input] = graph.nodes[input].name == "mask" ? claim.datum : table
                    }
                    claim.others = .each(tables)
                }
            }),
        Breakage(
            testDescription: "claims below the second level are not seen",
            tree: { tree, _ in
                tree.changingClaims { claim in
                    guard let parent = claim.parents.first, !tree.claims[parent].parents.isEmpty else { return }
                    claim.children = []
                }
            }),
        Breakage(
            testDescription: "all paths are direct ones",
            tree: { tree, _ in tree.changingClaims { $0.route.isDirect = $0.route.isDirect || $0.route.via.isEmpty } }),
        Breakage(
            testDescription: "via is not heeded", tree: { tree, _ in tree.changingClaims { $0.route.via = [] } }),
        Breakage(
            testDescription: "avoiding is not heeded",
            tree: { tree, _ in tree.changingClaims { $0.route.avoiding = [] } }),
        Breakage(
            testDescription: "slices are the whole node",
            tree: { tree, _ in
                tree.changingClaims { claim in claim.places = claim.places.map { Place($0.node) } }
            }),
        Breakage(
            testDescription: "of several nodes the first alone is claimed",
            tree: { tree, _ in tree.changingClaims { $0.places = [$0.places[0]] } }),
        Breakage(
            testDescription: "a shared claim stands under its first parent alone",
            tree: { tree, _ in
                var changed = tree
                for (number, claim) in tree.claims.enumerated() {
                    for parent in claim.parents.dropFirst() {
                        changed.claims[parent].children.removeAll { $0 == number }
                    }
                }
                return changed
            }),
        Breakage(
            testDescription: "merged positions are picked in reverse",
            plan: { plan in
                plan.changingSteps { step in
                    guard case .mergePositions(var merge) = step.op else { return }
                    let inputs = merge.picks.map(\.input)
                    for index in merge.picks.indices { merge.picks[index].input = inputs[inputs.count - 1 - index] }
                    step.op = .mergePositions(merge)
                }
            }),
        Breakage(
            testDescription: "previous is the next",
            plan: { plan in
                plan.changingSteps { step in
                    guard case .mergeSources(var merge) = step.op else { return }
                    merge.parts = merge.parts.map { part in
                        if case .offsets(let offsets) = part { .offsets(offsets.map { -$0 }) } else { part }
                    }
                    step.op = .mergeSources(merge)
                }
            }),
        Breakage(
            testDescription: "source positions are off by one",
            plan: { plan in
                plan.changingSteps { step in
                    guard case .mergeSources(var merge) = step.op else { return }
                    merge.parts = merge.parts.map { part in
                        if case .keys(let keys) = part { .keys(keys.map { $0 + 1 }) } else { part }
                    }
                    step.op = .mergeSources(merge)
                }
            }),
        Breakage(
            testDescription: "an ablation takes the class of the reference",
            plan: { plan in
                let classes = plan.inputs.filter { $0.source == Ablation.classes }.map(\.value)
                return plan.changingSteps { step in
                    guard case .gather = step.op, classes.contains(step.inputs[0]) else { return }
                    step.op = .gather(Gather(table: 0))
                }
            }),
    ]
}

extension Plan {
    fileprivate func changingSteps(_ change: (inout Step) -> Void) -> Plan {
        var changed = self
        for index in changed.steps.indices { change(&changed.steps[index]) }
        return changed
    }
}

extension ScrubTree {
    fileprivate func changingClaims(_ change: (inout Claim) -> Void) -> ScrubTree {
        var changed = self
        for index in changed.claims.indices { change(&changed.claims[index]) }
        return changed
    }
}
