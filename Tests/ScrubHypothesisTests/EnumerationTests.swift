import ScrubCore
import ScrubData
import ScrubHypothesis
import ScrubPlan
import Testing

/// Enumerations against the plain product over every row of every table, and counts by hand.
@Suite struct EnumerationTests {
    /// The product, by what is read of each table: the definition, a row at a time.
    ///
    /// - Parameters:
    ///   - tree: what is drawn.
    ///   - visit: given a row for each table and the probability.
    private func product(_ tree: SmallTree, _ visit: ([Int32], Double) -> Void) {
        func extend(_ rows: [Int32], _ probability: Double) {
            guard rows.count < tree.tables.count else { return visit(rows, probability) }
            let table = tree.tables[rows.count]
            let labels = table.feature.flatMap { tree.labels[$0] }
            let alike = tree.weights.indices.filter { row in
                guard let labels, let parent = table.parent else { return true }
                return labels[row] == labels[Int(rows[parent])]
            }
            let total = alike.reduce(0) { $0 + tree.weights[$1] }
            for row in alike where tree.weights[row] > 0 {
                extend(rows + [Int32(row)], probability * tree.weights[row] / total)
            }
        }
        extend([], 1)
    }

    private func told(_ tree: SmallTree, _ rows: [Int32]) -> [Int32] {
        tree.reading.keys.sorted().map { tree.reading[$0]?[Int(rows[$0])] ?? 0 }
    }

    /// Sums of at most a few thousand terms in float64: within 1e-12.
    @Test("random trees", arguments: 0..<60) func random(_ number: Int) throws {
        let tree = SmallTree(random: UInt64(number))
        var expected: [[Int32]: Double] = [:]
        product(tree) { expected[told(tree, $0), default: 0] += $1 }

        let enumeration = try tree.enumeration()
        var found: [[Int32]: Double] = [:]
        for (combination, probability) in enumeration.probabilities.enumerated() {
            found[told(tree, enumeration.tables.map { $0[combination] }), default: 0] += probability
        }
        #expect(Set(found.keys) == Set(expected.keys))
        for (key, probability) in expected { #expect(abs((found[key] ?? 0) - probability) < 1e-12, "\(key)") }
        // One combination for each: none is there twice.
        #expect(enumeration.probabilities.count == expected.count)
        let sampler = try Sampler(
            tables: tree.tables, features: tree.features, everything: tree.everything, seed: 0)
        try sampler.check(enumeration.tables)
        for (number, table) in tree.tables.enumerated() where table.feature == nil {
            #expect(enumeration.tables[number].allSatisfy { tree.weights[Int($0)] > 0 })
        }
    }

    /// Two claims by p below a reference that is not read: 4 values of p, and 4 rows for each claim. Row by row, 256.
    @Test func anUnreadReference() throws {
        let tables = [
            Table(key: "reference"), Table(key: "a", feature: "p", parent: 0),
            Table(key: "b", feature: "p", parent: 0),
        ]
        #expect(try SmallTree(pairs: tables, reading: [1: SmallTree.rows, 2: SmallTree.rows]).count() == 64)
        let all = [0: SmallTree.rows, 1: SmallTree.rows, 2: SmallTree.rows]
        #expect(try SmallTree(pairs: tables, reading: all).count() == 256)
    }

    /// A chain of which q is read at its end: the other of its values goes through p alone, so 4 are left; row by row, 16
    /// · 4 · 8 · 16.
    @Test func aChain() throws {
        let tables = [
            Table(key: "reference"), Table(key: "m", feature: "p", parent: 0),
            Table(key: "a", feature: "odd", parent: 1), Table(key: "other"),
        ]
        #expect(try SmallTree(pairs: tables, reading: [2: SmallTree.q]).count() == 4)
        #expect(try SmallTree(pairs: tables, reading: [2: SmallTree.q, 3: SmallTree.p]).count() == 16)
        let all = [0: SmallTree.rows, 1: SmallTree.rows, 2: SmallTree.rows, 3: SmallTree.rows]
        #expect(try SmallTree(pairs: tables, reading: all).count() == 16 * 4 * 8 * 16)
    }

    /// The reference is read by its row and two claims by the parity of q: 16 · 2 · 2. Below the first claim, which is
    /// not read itself, q is drawn like p, which tells nothing of it: 16 · 4 · 2.
    @Test func readInPart() throws {
        var tables = [
            Table(key: "reference"), Table(key: "a", feature: "p", parent: 0),
            Table(key: "b", feature: "p", parent: 0),
        ]
        let reading = [0: SmallTree.rows, 1: SmallTree.odd, 2: SmallTree.odd]
        #expect(try SmallTree(pairs: tables, reading: reading).count() == 64)
        tables.append(Table(key: "a/q", feature: "p", parent: 1))
        let below = [0: SmallTree.rows, 3: SmallTree.q, 2: SmallTree.odd]
        #expect(try SmallTree(pairs: tables, reading: below).count() == 128)
    }

    /// 5,000 rows and 5,000 of another table; 5000² / 2^24 is 1.49.
    @Test func tooMany() throws {
        let tables = [Table(key: "reference"), Table(key: "output/others")]
        let rows = ClassIndex.identity(5000)
        let error = #expect(throws: SamplingError.self) {
            try Enumeration(tables, reading: [0: rows, 1: rows], features: [:], everything: .everything(5000))
        }
        #expect(
            error?.message == "the draws have at least 25000000 combinations, 2 times the most that are enumerated "
                + "(16777216); sample instead")
        let parity = ClassIndex(labels: (0..<5000).map { $0 % 2 })
        let few = try Enumeration(tables, reading: [0: rows, 1: parity], features: [:], everything: .everything(5000))
        #expect(few.probabilities == [Double](repeating: 1 / 10_000, count: 10_000))
    }
}
