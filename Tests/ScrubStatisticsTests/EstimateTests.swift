import Foundation
import ScrubStatistics
import Testing

@Suite struct EstimateTests {
    @Test func isReadFromItsOwnJSON() throws {
        let estimates = [
            Estimate(mean: 1, standardError: 2), .exact(3),
            Estimate(mean: 1, standardError: 0.5, interval: [0, 3], method: .bca, isTrusted: false),
        ]
        for estimate in estimates {
            let data = try JSONEncoder().encode(estimate)
            #expect(try JSONDecoder().decode(Estimate.self, from: data) == estimate)
        }
    }

    @Test func namesItsKeys() throws {
        let estimate = Estimate(mean: 1, standardError: 0, interval: [0, 3], method: .bca, isTrusted: false)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(estimate), as: UTF8.self)
        #expect(
            text
                == #"{"interval":[0,3],"mean":1,"method":"bca","normal_interval":[1,1],"standard_error":0,"trusted":false}"#
        )
        let plain = String(decoding: try encoder.encode(Estimate.exact(2)), as: UTF8.self)
        #expect(plain == #"{"interval":[2,2],"mean":2,"method":"exact","standard_error":0,"trusted":true}"#)
    }

    @Test func anInfiniteErrorIsNotTrusted() {
        let estimate = Estimate(mean: 1, standardError: .infinity)
        #expect(!estimate.isTrusted)
        #expect(estimate.interval == [-.infinity, .infinity])
    }

    /// scipy.stats.binomtest(k, n).proportion_ci(method="wilson"), in float64.
    @Test func proportionsHaveWilsonsInterval() throws {
        for wilson in try Expected.read().wilson {
            let found = try #require(Estimate.proportion(wilson.successes, of: wilson.count))
            for (end, expected) in zip(found.interval, wilson.interval) { #expect(agree(end, expected, 1e-12)) }
            #expect(found.method == .wilson)
            #expect(found.isTrusted == (wilson.count >= 20))
        }
    }

    @Test(arguments: [(-1, 5), (6, 5), (0, 0)]) func whatIsNoProportionHasNone(successes: Int, count: Int) {
        #expect(Estimate.proportion(successes, of: count) == nil)
    }
}
