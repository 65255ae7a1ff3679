import ScrubStatistics
import Testing

@Suite struct BlockSumsTests {
    /// However they are cut, 9,001 replicates are 2,251 blocks of 4, in the same bits.
    @Test(arguments: [1, 7, 1024, 4096, 9001]) func cutsChangeNothing(cut: Int) throws {
        let columns = (0..<2).map { column in (0..<9001).map { Float(($0 * 7919 + column) % 613) / 97 } }
        let whole = try BlockSums(columns)
        var parts = BlockSums(columns: 2)
        for start in stride(from: 0, to: 9001, by: cut) {
            try parts.append(columns.map { Array($0[start..<min(start + cut, 9001)]) })
        }
        #expect(parts == whole)
        #expect((whole.count, whole.size, whole.blocks, whole.replicates(2250)) == (9001, 4, 2251, 1))
    }

    /// Sums of integers are exact.
    @Test(arguments: [1, 4096, 4097, 8192, 8193, 20000]) func blocksHoldTheirReplicates(count: Int) throws {
        let sums = try BlockSums([(0..<count).map { Float($0) }])
        #expect(sums.blocks <= 4096)
        #expect(count <= 4096 ? sums.size == 1 : sums.blocks > 2048)
        for block in 0..<sums.blocks {
            let first = block * sums.size
            let last = min(first + sums.size, count) - 1
            #expect(sums.sums[block] == Double((first + last) * (last - first + 1) / 2))
        }
    }

    @Test func columnsMustFit() throws {
        var sums = BlockSums(columns: 2)
        #expect(throws: StatisticsError.columns(found: 1, expected: 2)) { try sums.append([[1]]) }
        #expect(throws: StatisticsError.lengths([1, 2])) { try sums.append([[1], [1, 2]]) }
        #expect(sums == BlockSums(columns: 2))
        #expect(throws: StatisticsError.lengths([1, 2])) { try BlockSums([[1], [1, 2]]) }
    }
}
