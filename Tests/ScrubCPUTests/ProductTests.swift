import ScrubCPU
import Testing

/// The blocked matrix product over every instruction set that this CPU has.
@Suite struct ProductTests {
    struct Shape: CustomTestStringConvertible {
        let (rows, inner, columns): (Int, Int, Int)
        var testDescription: String { "\(rows) x \(inner) x \(columns)" }
        init(_ rows: Int, _ inner: Int, _ columns: Int) {
            (self.rows, self.inner, self.columns) = (rows, inner, columns)
        }
    }

    /// Around every edge: tiles of 4, 6, 12 rows and one to four vectors of 4, 8, 16 columns, blocks of 256 or 768 along
    /// k and 240 rows.
    static let shapes: [Shape] =
        [
            Shape(1, 1, 1), Shape(3, 0, 5), Shape(2, 7, 3), Shape(4, 5, 8), Shape(5, 9, 9), Shape(6, 28, 16),
            Shape(7, 56, 17),
            Shape(12, 56, 28), Shape(13, 28, 31), Shape(42, 56, 32), Shape(42, 57, 33), Shape(11, 255, 47),
            Shape(25, 256, 48),
            Shape(3, 257, 49), Shape(2, 1030, 5), Shape(241, 3, 65), Shape(500, 17, 1), Shape(1, 600, 200),
            Shape(7, 770, 200), Shape(5, 800, 61), Shape(16, 769, 48), Shape(245, 780, 31), Shape(3, 1537, 129),
        ] + (1...6).flatMap { rows in [33, 48, 49, 64].map { Shape(rows, 5, $0) } }

    static let sets = InstructionSet.allCases.filter(\.isSupported)

    private func operands(_ shape: Shape) -> (a: [Float], b: [Float], bias: [Float]) {
        var numbers = Numbers(seed: 7)
        return (
            numbers.floats(shape.rows * shape.inner), numbers.floats(shape.inner * shape.columns),
            numbers.floats(shape.columns)
        )
    }

    /// |error| <= (K + 2) ε (|bias| + Σ |a| |b|), ε half a unit in the last place of 1: the bound of a chain of K
    /// roundings.
    @Test(arguments: shapes) func isNearTheProductInDoublePrecision(_ shape: Shape) throws {
        let (a, b, bias) = operands(shape)
        for set in Self.sets {
            let product = try #require(MatrixProduct(set))
            let c = product(a, b, bias: bias, rows: shape.rows, inner: shape.inner, columns: shape.columns)
            var worst = 0.0
            for i in 0..<shape.rows {
                for j in 0..<shape.columns {
                    var (exact, size) = (Double(bias[j]), abs(Double(bias[j])))
                    for k in 0..<shape.inner {
                        let term = Double(a[i * shape.inner + k]) * Double(b[k * shape.columns + j])
                        (exact, size) = (exact + term, size + abs(term))
                    }
                    let bound = Double(shape.inner + 2) * 0x1p-24 * size
                    worst = max(worst, abs(Double(c[i * shape.columns + j]) - exact) / bound)
                }
            }
            #expect(worst <= 1, "\(set)")
        }
    }

    /// The chain as the specification says it: from the bias, k ascending, fused.
    @Test(arguments: shapes) func isOneChainForEachElement(_ shape: Shape) throws {
        let (a, b, bias) = operands(shape)
        var expected = [Float](repeating: 0, count: shape.rows * shape.columns)
        for i in 0..<shape.rows {
            for j in 0..<shape.columns {
                var sum = bias[j]
                for k in 0..<shape.inner { sum.addProduct(a[i * shape.inner + k], b[k * shape.columns + j]) }
                expected[i * shape.columns + j] = sum
            }
        }
        for set in Self.sets {
            let product = try #require(MatrixProduct(set))
            #expect(
                product(a, b, bias: bias, rows: shape.rows, inner: shape.inner, columns: shape.columns) == expected,
                "\(set)")
        }
    }

    @Test(arguments: shapes) func aRowDoesNotDependOnItsNeighbours(_ shape: Shape) throws {
        let (a, b, _) = operands(shape)
        for set in Self.sets {
            let product = try #require(MatrixProduct(set))
            let c = product(a, b, rows: shape.rows, inner: shape.inner, columns: shape.columns)
            for i in Set([0, shape.rows / 2, shape.rows - 1]) {
                let alone = product(
                    Array(a[i * shape.inner..<(i + 1) * shape.inner]), b, rows: 1, inner: shape.inner,
                    columns: shape.columns)
                #expect(alone == Array(c[i * shape.columns..<(i + 1) * shape.columns]), "\(set), row \(i)")
            }
        }
    }

    @Test func thereIsAlwaysABaseline() {
        #expect(InstructionSet.baseline.isSupported)
        #expect(InstructionSet.best.isSupported)
    }
}
