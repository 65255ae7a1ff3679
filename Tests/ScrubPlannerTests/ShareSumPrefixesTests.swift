import ScrubCore
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// Sums go on from what they begin with alike, and no bit changes.
@Suite struct ShareSumPrefixesTests {
    private static let shape: Shape = [Axis(.position, 3), Axis(.model, 5)]

    /// A sum of columns by their letters, `+` a bias; each is a root.
    private func sums(_ all: [String]) throws -> SmallPlan {
        var small = SmallPlan(tables: 2)
        var addends: [Character: Int] = ["+": small.weight("bias", [Axis(.model, 5)])]
        for letter in Set(all.joined()).sorted() where letter != "+" {
            addends[letter] = small.column(String(letter), Self.shape)
        }
        for (number, sum) in all.enumerated() {
            let value = try small.plan.step("\(number)", sum.compactMap { addends[$0] })
            small.root("\(number)", value)
            small.root("\(number) gathered", try small.step("\(number) gathered", .gather(Gather(table: 1)), value))
        }
        return small
    }

    private func shared(_ all: [String]) throws -> [Int] {
        let small = try sums(all)
        let plan = try ShareSumPrefixes().apply(small.plan)
        #expect(try small.bits(of: plan) == small.bits(of: small.plan))
        #expect(try ShareSumPrefixes().apply(plan) == plan)
        return plan.steps.compactMap { if case .sum = $0.op { $0.inputs.count } else { nil } }
    }

    @Test func aResidualStreamGrows() throws {
        #expect(try shared(["abc", "abcd+", "abcd+ef"]) == [3, 3, 3])
    }

    /// What sums begin with is added by itself where no sum ends there.
    @Test func commonBeginningsAreAddedOnce() throws { #expect(try shared(["abcde", "abcdf"]) == [4, 2, 2]) }

    /// The shorter one may come later.
    @Test func orderDoesNotMatter() throws { #expect(try shared(["abcde", "abc"]) == [3, 3]) }

    @Test func equalSumsAreOne() throws { #expect(try shared(["abcd", "abcd"]) == [4]) }

    @Test func twoAddendsAreLeft() throws { #expect(try shared(["ab", "abc", "abd"]) == [2, 3, 3]) }

    @Test func anotherOrderIsAnotherSum() throws { #expect(try shared(["abcd", "bacd"]) == [4, 4]) }
}

extension Plan {
    fileprivate mutating func step(_ name: String, _ addends: [Int]) throws -> Int {
        let type = try Sum().output(of: addends.map { values[$0].type })
        values.append(Value(name, type, .dataset))
        steps.append(Step(.sum(Sum()), addends, values.count - 1))
        return values.count - 1
    }
}
