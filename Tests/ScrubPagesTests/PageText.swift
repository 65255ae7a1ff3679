import Foundation

/// What a test asks of a page.
struct PageText {
    let html: String

    /// What a reader sees: no tags, no style, no script.
    let text: String

    init(_ html: String) {
        self.html = html
        markup = html.replacing(Self.code, with: "")
        let bare =
            markup
            .replacing(/<[^>]*>/.matchingSemantics(.unicodeScalar), with: " ")
        text = Self.unescaped(bare)
    }

    private static func unescaped(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            // As bytes: an accent behind a reference belongs to what it stands for.
            .reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1, options: .literal) }
    }

    /// Without style and script.
    let markup: String

    private static var code: Regex<(Substring, Substring)> {
        /(?s)<(style|script)>.*?<\/\1>/.matchingSemantics(.unicodeScalar)
    }

    /// Every value of an attribute.
    func values(of attribute: String) throws -> [String] {
        let pattern = try Regex("[ ]\(attribute)=\"([^\"]*)\"", as: (Substring, Substring).self)
        return markup.matches(of: pattern).map { Self.unescaped(String($0.output.1)) }
    }

    private static let void: Set<String> = ["meta", "link", "input", "br", "hr", "img"]

    /// Where tags do not close as they open, the first such place; nil where they do.
    var imbalance: String? {
        var open: [String] = []
        let pattern = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"]|"[^"]*")*)>/.matchingSemantics(.unicodeScalar)
        for tag in markup.matches(of: pattern) {
            let name = String(tag.2)
            if Self.void.contains(name) { continue }
            if tag.1.isEmpty {
                open.append(name)
            } else if open.popLast() != name {
                return "</\(name)> at \(markup[tag.range.lowerBound...].prefix(60))"
            }
        }
        return open.isEmpty ? nil : "open at the end: \(open)"
    }

    /// The texts of the first cells of the bodies of the table of runs, in order.
    func bodies() -> [Substring] {
        guard let start = html.range(of: "id=\"run-table\""),
            let end = html.range(of: "</table>", range: start.upperBound..<html.endIndex)
        else { return [] }
        return html[start.upperBound..<end.lowerBound].split(separator: "<tbody").dropFirst().map { $0 }
    }
}
