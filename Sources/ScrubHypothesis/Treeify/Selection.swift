internal import ScrubGraph
internal import ScrubOps

/// Which of a node's positions, heads or sources a text in brackets means.
enum Selection: Equatable {
    /// `*`: one claim for each.
    case each
    case some(Slice)

    /// Reads `3`, `-1`, `2:5` (as in Python: 2, 3, 4), lists of these, `*`; for an attention pattern also `previous`,
    /// `previous 2`, `current`, and `source` before a list.
    ///
    /// - Returns: nil when it is none of these, or names something outside.
    init?(_ text: String, count: Int, sources: Int?) {
        let text = text.filter { !$0.isWhitespace }
        if text == "*" {
            self = .each
        } else if let sources, text.hasPrefix("source") {
            guard let keys = Self.numbers(String(text.dropFirst("source".count)), count: sources) else { return nil }
            self = .some(keys.count == sources ? .whole : .sources(.keys(keys)))
        } else if let sources, let offsets = Self.offsets(text, count: sources) {
            self = .some(.sources(.offsets(offsets)))
        } else {
            guard let positions = Self.numbers(text, count: count) else { return nil }
            self = .some(positions.count == count ? .whole : .positions(positions))
        }
    }

    /// Distances back to a source below `count`.
    private static func offsets(_ text: String, count: Int) -> [Int]? {
        var offsets: Set<Int> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            if word == "current" {
                offsets.insert(0)
            } else if word == "previous" {
                offsets.insert(1)
            } else if word.hasPrefix("previous"), let offset = Int(word.dropFirst("previous".count)), offset > 0 {
                offsets.insert(offset)
            } else {
                return nil
            }
        }
        return offsets.allSatisfy { $0 < count } ? offsets.sorted() : nil
    }

    /// Distinct numbers below `count`, ascending.
    static func numbers(_ text: String, count: Int) -> [Int]? {
        guard count > 0 else { return nil }
        func number(_ text: Substring, or missing: Int, limit: Int) -> Int? {
            if text.isEmpty { return missing }
            guard let number = Int(text) else { return nil }
            let counted = number < 0 ? count + number : number
            return (0...limit).contains(counted) ? counted : nil
        }
        var numbers: Set<Int> = []
        for item in text.filter({ !$0.isWhitespace }).split(separator: ",", omittingEmptySubsequences: false) {
            let ends = item.split(separator: ":", omittingEmptySubsequences: false)
            switch ends.count {
            case 1:
                guard !item.isEmpty, let only = number(item, or: -1, limit: count - 1) else { return nil }
                numbers.insert(only)
            case 2:
                guard let low = number(ends[0], or: 0, limit: count),
                    let high = number(ends[1], or: count, limit: count),
                    low < high
                else { return nil }
                numbers.formUnion(low..<high)
            default: return nil
            }
        }
        return numbers.isEmpty ? nil : numbers.sorted()
    }
}
