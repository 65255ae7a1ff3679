import ScrubGraph
import ScrubHypothesis
import ScrubOps
import ScrubPlan
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
                    guard case .attention(var attention) = step.op else { return }
                    attention.causal.toggle()
                    step.op = .attention(attention)
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
                    guard claim.children.isEmpty, let parent = claim.parent else { return }
                    if case .shared(let table) = tree.claims[parent].others { claim.datum = table }
                }
            }),
        Breakage(
            testDescription: "an exact claim follows the reference, not its parent",
            tree: { tree, _ in
                tree.changingClaims { claim in
                    if let parent = claim.parent, claim.datum == tree.claims[parent].datum { claim.datum = 0 }
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
                    guard let parent = claim.parent, tree.claims[parent].parent != nil else { return }
                    claim.children = []
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
