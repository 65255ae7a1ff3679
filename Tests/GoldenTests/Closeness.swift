import Testing

/// Whether every number lies within `1e-4 (1 + |expected|)` of what is expected; records the first that does not.
///
/// - Parameter context: what is compared, for the message.
func expectClose(_ found: [Double], _ expected: [Double], _ context: String) {
    #expect(found.count == expected.count, "\(context)")
    let bad = zip(found, expected).enumerated().first { _, pair in
        // Written so that NaN fails.
        !(abs(pair.0 - pair.1) <= 1e-4 * (1 + abs(pair.1)))
    }
    if let (index, pair) = bad.map({ ($0.offset, $0.element) }) {
        Issue.record("\(context), element \(index): \(pair.0), not \(pair.1)")
    }
}

/// Whether two arrays hold the same bits; records the first difference.
func expectSameBits(_ found: [Float], _ expected: [Float], _ context: String) {
    #expect(found.count == expected.count, "\(context)")
    if let index = zip(found, expected).enumerated().first(where: { $1.0.bitPattern != $1.1.bitPattern })?.offset {
        Issue.record("\(context), element \(index): \(found[index]), not \(expected[index])")
    }
}
