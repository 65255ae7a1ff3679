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
}
