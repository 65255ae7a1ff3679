import ScrubCore
import ScrubData
import Testing

@Suite struct ClassIndexTests {
    @Test func numberedByFirstAppearance() {
        let index = ClassIndex(labels: [7, -1, 7, 3, -1])
        #expect(index.classOf == [0, 1, 0, 2, 1])
        #expect(index.offsets == [0, 2, 4, 5])
        #expect(index.rows == [0, 2, 1, 4, 3])
        #expect(index.classCount == 3)
        #expect(index.members(ofClass: 1) == [1, 4])
        #expect(index.cumulativeWeights == nil)
    }

    @Test func everythingAndIdentity() {
        #expect(ClassIndex.everything(3).rows == [0, 1, 2])
        #expect(ClassIndex.everything(3).classCount == 1)
        #expect(ClassIndex.identity(3).classOf == [0, 1, 2])
    }

    @Test func conflictsShowTwoRows() {
        let parity = ClassIndex(labels: [0, 1, 0, 1])
        let quarter = ClassIndex(labels: [0, 1, 2, 3])
        #expect(quarter.conflict(with: parity) == nil)
        #expect(parity.conflict(with: quarter).map { [$0.first, $0.second] } == [0, 2])
    }

    @Test func joinIsTheCoarsestThatBothComeFrom() {
        let a = ClassIndex(labels: [0, 0, 1, 1, 0])
        let b = ClassIndex(labels: [0, 1, 1, 1, 0])
        let join = a.joined(with: b)
        #expect(join.classOf == [0, 1, 2, 2, 0])
        #expect(join.conflict(with: a) == nil && join.conflict(with: b) == nil)
    }

    /// Layout laws on random labels, and growth of the hash table.
    @Test func membersAreThoseOfTheClass() {
        let stream = RandomStream(seed: 1, key: 2)
        for count in [1, 10, 5000] {
            let labels = (0..<count).map { Int32(truncatingIfNeeded: stream.bits(replicate: UInt64($0)) % 3001) }
            let index = ClassIndex(labels: labels)
            #expect(index.rows.count == count && Set(index.rows).count == count)
            for c in 0..<index.classCount {
                let members = index.members(ofClass: c)
                #expect(!members.isEmpty && members.allSatisfy { labels[Int($0)] == labels[Int(members.first ?? 0)] })
                #expect(members.elementsEqual(members.sorted()))
            }
            #expect(index.classCount == Set(labels).count)
        }
    }

    /// Classes by their first rows, whatever the numbers: near each other, far apart, at both ends of all numbers.
    @Test func integersOfAnySize() throws {
        let kinds: [[Int64?]] = [
            [3, nil, 3, -7, nil, 0, -7], [.max, .min, 0, .max, nil, .min], [1 << 40, 1 << 20, 1 << 40, nil, 5],
            [nil, nil], [.min, .min], [.max, .max - 1, nil],
        ]
        for values in kinds { try check(.integers(values), values.map { $0.map(String.init) ?? "none" }) }
    }

    /// Told by their bytes, of any length: those in a string's own words, those outside it, and what only looks alike.
    @Test func textsOfAnyLength() throws {
        var values: [String?] = [nil, "", "e\u{301}", "\u{e9}", "a\0", "a", nil, ""]
        for length in 0..<40 {
            let text = String(repeating: "x", count: length)
            values += [text, text + "y", "y" + text, String(Substring("<" + text).dropFirst())]
        }
        try check(.texts(values), values.map { $0.map { Array($0.utf8).description } ?? "none" })
    }

    private func check(_ values: Column.Values, _ kinds: [String]) throws {
        let dataset = try Dataset(file: "rows", columns: [Column("f", values)])
        var numbers: [String: Int32] = [:]
        let expected = kinds.map { kind in
            let number = numbers[kind] ?? Int32(numbers.count)
            numbers[kind] = number
            return number
        }
        #expect(try dataset.feature("f", named: [:], location: nil).classes.classOf == expected)
    }

    @Test func rowsWithoutAny() {
        for index in [ClassIndex(labels: []), .everything(0), .identity(0)] {
            #expect(index.classCount == 0 && index.offsets == [0] && index.rows.isEmpty)
        }
    }
}
