import ScrubCPU
import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// What a pattern reads of values, to the last bit, by the sum written out.
@Suite struct MixTests {
    struct Size: CustomTestStringConvertible {
        let (queries, keys, width): (Int, Int, Int)
        var testDescription: String { "\(queries) by \(keys) by \(width)" }
        init(_ queries: Int, _ keys: Int, _ width: Int) {
            (self.queries, self.keys, self.width) = (queries, keys, width)
        }
    }

    /// Around every edge: tiles of 4, 6, 12 rows and 64, one to four vectors of 4, 8, 16, blocks of 256 or 768 along the keys, values that
    /// are packed and values that are not.
    static let sizes = [
        Size(1, 1, 1), Size(5, 3, 7), Size(6, 42, 28), Size(13, 9, 16), Size(42, 42, 28), Size(65, 70, 64),
        Size(25, 130, 33), Size(8, 255, 17), Size(70, 257, 20), Size(12, 600, 31), Size(1, 520, 64),
        Size(31, 800, 70), Size(13, 780, 64), Size(9, 1000, 130), Size(26, 1540, 33), Size(26, 90, 49),
        Size(29, 70, 128),
    ]

    /// Zeros end every row, more of them or fewer, and stand in its middle: `z = Σ_j p_j v_j` as far as the last that
    /// is not 0, one chain, fused. Beyond it a value may be anything.
    @Test(arguments: sizes) func isOneChainAsFarAsTheRowReaches(_ size: Size) throws {
        var numbers = Numbers(seed: 11)
        var pattern = numbers.floats(size.queries * size.keys)
        var v = numbers.floats(size.keys * size.width)
        for i in 0..<size.queries {
            let end = (i * i + 1) % (size.keys + 1)
            for j in 0..<size.keys where j >= end || j % 5 == 3 { pattern[i * size.keys + j] = 0 }
        }
        v[v.count - 1] = .infinity
        var expected: [UInt32] = []
        for i in 0..<size.queries {
            let row = pattern[i * size.keys..<(i + 1) * size.keys]
            let end = row.lastIndex { $0 != 0 }.map { $0 + 1 - row.startIndex } ?? 0
            for column in 0..<size.width {
                var sum: Float = 0
                for j in 0..<end { sum.addProduct(row[row.startIndex + j], v[j * size.width + column]) }
                expected.append(sum.bitPattern)
            }
        }
        var b = PlanBuilder(rows: 1)
        let position = Axis(.position, size.queries)
        let p = b.column("p", position, Axis(.source, size.keys))
        let values = b.column("v", Axis(.position, size.keys), Axis(.head, size.width))
        b.inputs[.column("p")] = HostTensor([1, size.queries, size.keys], pattern)
        b.inputs[.column("v")] = HostTensor([1, size.keys, size.width], v)
        b.root("z", try b.step(.mixValues(MixValues()), p, values))
        for set in InstructionSet.allCases where set.isSupported {
            let found = try CPUBackend(instructionSet: set).prepare(b.plan).run(b.bindings()).roots["z"]?.floats
            #expect(found?.map(\.bitPattern) == expected, "\(set)")
        }
    }
}
