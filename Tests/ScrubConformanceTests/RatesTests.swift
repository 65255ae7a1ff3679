import ScrubPlan
import Testing

/// How rows are cut among backends.
struct RatesTests {
    private func rates(_ shown: [(rows: Int, seconds: Double)]) -> Rates {
        var rates = Rates(shown.count)
        for (number, done) in shown.enumerated() { rates.add(number, rows: done.rows, seconds: done.seconds) }
        return rates
    }

    @Test("at first parts are equal, and those before have what is over")
    func equal() {
        #expect(Rates(2).parts(of: 6) == [0..<3, 3..<6])
        #expect(Rates(3).parts(of: 10) == [0..<4, 4..<7, 7..<10])
        #expect(Rates(1).parts(of: 7) == [0..<7])
    }

    @Test("later they are in proportion to rows a second, over all that was run")
    func proportional() {
        #expect(rates([(100, 1), (100, 3)]).parts(of: 400) == [0..<300, 300..<400])
        var rates = rates([(100, 1), (100, 3)])
        rates.add(1, rows: 500, seconds: 3)
        #expect(rates.parts(of: 400) == [0..<200, 200..<400])
    }

    @Test("one that has shown nothing counts as the mean of the others")
    func unknown() {
        #expect(rates([(100, 1), (0, 0), (300, 1)]).parts(of: 600) == [0..<100, 100..<300, 300..<600])
    }

    @Test("no rows, and fewer rows than backends")
    func few() {
        #expect(Rates(3).parts(of: 0) == [0..<0, 0..<0, 0..<0])
        #expect(Rates(3).parts(of: 2) == [0..<1, 1..<2, 2..<2])
        #expect(rates([(1, 9), (0, 0), (9, 1)]).parts(of: 2) == [0..<1, 1..<2, 2..<2])
    }

    @Test("whatever the rates, parts follow each other and are all of the rows")
    func whole() {
        for rows in [1, 7, 100, 16_384, 1 << 40] {
            for slow in [1e-9, 0.1, 1, 3, 1e9] {
                let parts = rates([(3, 0.7), (1, slow), (2, 1.1), (1000, 0.3)]).parts(of: rows)
                #expect(parts.first?.lowerBound == 0 && parts.last?.upperBound == rows, "\(rows), \(slow)")
                #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound }, "\(rows), \(slow)")
            }
        }
    }
}
