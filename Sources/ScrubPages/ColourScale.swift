internal import Foundation

/// Colours for shares from 0 to 1 that grow evenly lighter, and that people who see no red, or no green, see nearly as
/// others do: cividis (J. Nuñez, C. Anderton, R. Renslow, "Optimizing colormaps with consideration for color vision
/// deficiency", 2018, doi:10.1371/journal.pone.0199239), at nine of its points and linear between them.
package enum ColourScale {
    private static let points: [[Double]] = [
        [0, 34, 78], [18, 53, 112], [59, 73, 108], [87, 93, 109], [112, 113, 115], [138, 134, 120], [165, 156, 116],
        [195, 179, 105], [254, 232, 56],
    ]

    /// A colour in sRGB, 0 to 255 each.
    ///
    /// - Parameter share: outside of 0 to 1 it has the colour of the end.
    package static func colour(_ share: Double) -> [Int] {
        let place = min(1, max(0, share.isFinite ? share : 0)) * Double(points.count - 1)
        let below = min(points.count - 2, Int(place))
        return zip(points[below], points[below + 1]).map { low, high in
            Int((low + (high - low) * (place - Double(below))).rounded())
        }
    }

    /// What is read on that colour: white or black, whichever stands out more.
    package static func ink(_ share: Double) -> [Int] {
        let colour = colour(share)
        return contrast([255, 255, 255], colour) >= contrast([0, 0, 0], colour) ? [255, 255, 255] : [0, 0, 0]
    }

    /// The contrast ratio of two colours, 1 to 21 (W3C, "Web Content Accessibility Guidelines 2.1", 1.4.3).
    package static func contrast(_ one: [Int], _ other: [Int]) -> Double {
        let (one, other) = (luminance(one), luminance(other))
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    /// `background:#00224e;color:#ffffff`.
    static func style(_ share: Double) -> String { "background:\(hex(colour(share)));color:\(hex(ink(share)))" }

    static func hex(_ colour: [Int]) -> String {
        "#" + colour.map { String(format: "%02x", $0) }.joined()
    }

    private static func luminance(_ colour: [Int]) -> Double {
        let linear = colour.map { Double($0) / 255 }.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return zip([0.2126, 0.7152, 0.0722], linear).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
