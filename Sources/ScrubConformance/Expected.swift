/// What the cases must give: the output of `expected.py`, which computes it in float64 from the ops' definitions.
///
/// Kept as text because a string literal compiles at once, where an array of ten thousand numbers takes minutes. In
/// each text a line `# name of a case` is followed by lines of numbers.
enum Expected {
    /// By name of the case.
    static let values: [String: [Double]] = parse(texts)

    static func parse(_ texts: [String]) -> [String: [Double]] {
        var values: [String: [Double]] = [:]
        for text in texts {
            var name = ""
            for line in text.split(separator: "\n") {
                if line.hasPrefix("# ") {
                    name = String(line.dropFirst(2))
                    values[name] = []
                } else {
                    values[name, default: []] += line.split(separator: " ").map { Double($0) ?? .infinity }
                }
            }
        }
        return values
    }
}
