internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

extension PlanBuilder {
    /// The sum, first over what each one datum gives, in order, then over those sums: each of them is the plain model's
    /// on one datum, which is computed once, however many samples and claims there are. Constants go with the datum that
    /// gives most.
    ///
    /// Always so, with passes and without, since the order of a sum is seen in its last digits. A sum that one datum
    /// gives is as the model has it.
    mutating func sum(_ operands: [Operand], named name: String) throws(PlannerError) -> Operand {
        // By operand, the number of its group; nil for constants.
        var (groupOf, groups): ([Int?], [(follows: Follows, count: Int)]) = ([], [])
        var known: [Follows: Int] = [:]
        for operand in operands {
            let followed = follows(operand)
            if followed == .constant {
                groupOf.append(nil)
            } else if case .table = followed, let group = known[followed] {
                groups[group].count += 1
                groupOf.append(group)
            } else {
                known[followed] = groups.count
                groupOf.append(groups.count)
                groups.append((followed, 1))
            }
        }
        let plain = groups.indices.filter { if case .table = groups[$0].follows { true } else { false } }
        guard groups.count > 1, let most = plain.max(by: { groups[$0].count < groups[$1].count }) else {
            return .value(try add(.sum(Sum()), operands.map { value(of: $0) }, named: name))
        }
        var members = [[Operand]](repeating: [], count: groups.count)
        // As the model has them: constants between what they stand between.
        for (operand, group) in zip(operands, groupOf) { members[group ?? most].append(operand) }
        var terms: [Operand] = []
        for group in members {
            terms.append(group.count == 1 ? group[0] : try sumOfOneDatum(group, named: "\(name) of one datum"))
        }
        return .value(try add(.sum(Sum()), widestFirst(terms).map { value(of: $0) }, named: name))
    }

    /// Computed for each dataset row, where all are rows of it; replacements of an ablation are not.
    private mutating func sumOfOneDatum(_ operands: [Operand], named name: String) throws(PlannerError) -> Operand {
        let ordered = widestFirst(operands)
        guard let table = commonTable(ordered) else {
            return .value(try add(.sum(Sum()), ordered.map { value(of: $0) }, named: name))
        }
        return .row(of: try add(.sum(Sum()), ordered.map(\.source), named: name), table: table)
    }

    private func follows(_ operand: Operand) -> Follows {
        switch operand {
        case .value(let value): follows[value]
        case .row(_, let table): .table(table)
        }
    }

    /// With a first input that has the shape of the sum: others may be vectors that are added at each position.
    private func widestFirst(_ operands: [Operand]) -> [Operand] {
        func rank(_ operand: Operand) -> Int { plan.values[operand.source].type.shape.rank }
        guard let widest = operands.indices.max(by: { rank(operands[$0]) < rank(operands[$1]) }) else {
            return operands
        }
        return [operands[widest]] + operands[..<widest] + operands[(widest + 1)...]
    }
}
