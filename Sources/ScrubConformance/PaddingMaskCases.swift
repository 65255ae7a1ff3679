internal import ScrubCore
internal import ScrubOps

/// Cases of ``PaddingMask``.
enum PaddingMaskCases {
    static let all = [
        make("one position", 1, token: 0, .values([0, 1, 0, 2])),
        make("9 positions", 9, token: 0, .integers(low: 0, high: 3)),
        make("65 positions, the last token pads", 65, token: 113, .integers(low: 110, high: 114)),
        make("a negative token pads", 5, token: -1, .integers(low: -2, high: 1)),
        make("nothing is padding", 3, token: 7, .integers(low: 0, high: 7)),
        make("all is padding", 4, token: 3, .values([3])),
    ]

    private static func make(_ title: String, _ count: Int, token: Int, _ tokens: Fill) -> ConformanceCase {
        ConformanceCase(
            .paddingMask(PaddingMask(token: token)), title, [.integers("tokens", positions(count), tokens)], .exact)
    }
}
