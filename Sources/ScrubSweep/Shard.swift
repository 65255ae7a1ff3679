public import ScrubCore

/// One part of a sweep, by the number of its runs: `2/8` is the second of eight.
///
/// Parts are disjoint, cover all, and are of neighbours, which share a model and a dataset most often. They depend on nothing
/// but the sweep.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
    public let number: Int
    public let count: Int

    /// Reads `2/8`.
    ///
    /// - Throws: `ShardError`.
    public init(_ text: String) throws(ShardError) {
        let words = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard words.count == 2, let number = words[0], let count = words[1], count > 0, (1...count).contains(number)
        else { throw ShardError(text: text) }
        (self.number, self.count) = (number, count)
    }

    public var description: String { "\(number)/\(count)" }

    /// The runs of this part, of so many.
    public func range(of runs: Int) -> Range<Int> {
        let (whole, rest) = runs.quotientAndRemainder(dividingBy: count)
        let start = (number - 1) * whole + min(number - 1, rest)
        return start..<start + whole + (number <= rest ? 1 : 0)
    }
}

/// A part of a sweep that is none.
public struct ShardError: Diagnostic, Equatable {
    let text: String

    public var message: String {
        "--shard is \"\(text)\", expected the number of a part and how many there are, such as 2/8"
    }
}
