internal import Foundation

/// An element of HTML or SVG as text.
///
/// - Parameters:
///   - name: of the element.
///   - attributes: their values as they are meant; they are escaped here.
///   - content: markup.
func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: String = "") -> String {
    let given = attributes.map { " \($0.key)=\"\($0.value.escaped)\"" }.joined()
    return "<\(name)\(given)>\(content)</\(name)>"
}

extension String {
    /// The same in HTML and SVG, between tags and in quoted attributes. Byte by byte: a character of Swift may be a quote
    /// with an accent on it, which a browser reads as the quote.
    var escaped: String {
        guard utf8.contains(where: Self.isSpecial) else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count + 32)
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            // No document may have these; they are shown as what they are not.
            case 0..<9, 11, 12, 14..<32, 127: bytes += "\u{FFFD}".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        case 0..<9, 11, 12, 14..<32, 127: true
        default: false
        }
    }

    /// At most so many characters, the last of which then says that there were more.
    func shortened(to count: Int) -> String { self.count > count ? "\(prefix(max(0, count - 1)))…" : self }
}

extension Double {
    /// A coordinate: one digit behind the point, and none where it is 0.
    var coordinate: String {
        let tenths = (self * 10).rounded()
        guard tenths.isFinite, abs(tenths) < 1e9 else { return "0" }
        let whole = Int(tenths)
        return whole % 10 == 0 ? "\(whole / 10)" : "\(Double(whole) / 10)"
    }
}
