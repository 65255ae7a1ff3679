import ScrubCore
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// Logits are not computed whole where a few labels' alone are read, and no bit changes.
@Suite struct PickLogitsTests {
    private static let position = Axis(.position, 3)

    private func names(_ plan: Plan) -> [String] { plan.steps.map(\.op.name) }

    /// Logits by `width` columns, which `read` reads.
    private func plan(
        width: Int, biased: Bool = false, reading read: (inout SmallPlan, _ logits: Int) throws -> Void
    ) throws -> SmallPlan {
        var small = SmallPlan(tables: 2)
        let x = try small.step(
            "drawn", .gather(Gather(table: 1)), small.column("x", [Self.position, Axis(.model, 1030)]))
        var operands = [x, small.weight("W_U", [Axis(.model, 1030), Axis(.logit, width)])]
        if biased { operands.append(small.weight("b_U", [Axis(.logit, width)])) }
        try read(&small, small.step("logits", .linear(Linear()), operands))
        return small
    }

    private func score(
        _ name: String, _ kind: LabelScore.Kind = .logit, of logits: Int, weighted: Bool = false,
        in small: inout SmallPlan
    ) throws {
        func reference(_ name: String, _ column: Int) throws -> Int {
            try small.step(name, .gather(Gather(table: 0)), column)
        }
        let labels = try reference("label of \(name)", small.column("labels of \(name)", [Self.position], below: 40))
        let weights =
            weighted
            ? [try reference("weight of \(name)", small.column("weights of \(name)", [Self.position]))] : []
        small.root(name, try small.step(name, .labelScore(LabelScore(kind)), [logits, labels] + weights))
    }

    @Test(arguments: [false, true], [false, true]) func noBitChanges(biased: Bool, weighted: Bool) throws {
        let small = try plan(width: 65, biased: biased) { small, logits in
            try score("label", of: logits, weighted: weighted, in: &small)
            try score("against", of: logits, in: &small)
        }
        let picked = try PickLogits().apply(small.plan)
        try picked.verify()
        #expect(names(picked).filter { $0 != "gather" } == ["labelLogit", "labelLogit"])
        #expect(try small.bits(of: picked) == small.bits(of: small.plan))
        #expect(try PickLogits().apply(picked) == picked)
    }

    /// Few logits, other scores, logits that somebody else reads or that are returned.
    @Test func othersAreLeft() throws {
        let left = [
            try plan(width: 63) { small, logits in try score("label", of: logits, in: &small) },
            try plan(width: 70) { small, logits in try score("margin", .margin, of: logits, in: &small) },
            try plan(width: 70) { small, logits in
                try score("label", of: logits, in: &small)
                try score("margin", .margin, of: logits, in: &small)
            },
            try plan(width: 70) { small, logits in
                try score("label", of: logits, in: &small)
                small.root("logits", logits)
            },
        ]
        for small in left { #expect(try PickLogits().apply(small.plan) == small.plan) }
    }
}
