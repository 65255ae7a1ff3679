import ScrubStatistics
import Testing

/// Distributions sort many values by their digits: the order is that of comparing.
@Suite struct RadixSortTests {
    @Test(arguments: [1, 1023, 1024, 5000]) func ordersAsComparingDoes(count: Int) throws {
        let values = (0..<count).map { number -> Float in
            // A fixed walk through all exponents and both signs, with repetitions.
            let bits = UInt32(truncatingIfNeeded: number % 4001 &* 0x9E37_79B1)
            let value = Float(bitPattern: bits)
            return value.isFinite ? value : Float(number)
        }
        #expect(try Distribution(values).values == values.sorted())
    }

    @Test func knowsZerosAndExtremes() throws {
        let some: [Float] = [0, -.leastNonzeroMagnitude, .greatestFiniteMagnitude, -1, 1, -.greatestFiniteMagnitude]
        let many = [[Float]](repeating: some, count: 300).flatMap(\.self)
        #expect(try Distribution(many).values == many.sorted())
    }
}
