import Foundation
import ScrubPages
import Testing

/// Contrast by W3C's guidelines: text at least 4.5 to 1, parts of drawings at least 3 to 1 (WCAG 2.1, 1.4.3 and 1.4.11).
@Suite struct ColourTests {
    private static let css = PageSources.all["page.css"] ?? ""

    /// The colours that a theme names.
    private static func variables(isDark: Bool) throws -> [String: String] {
        let pattern =
            isDark
            ? /(?s)@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}/ : /(?s)^.*?:root \{(.*?)\}/
        let block = try #require(css.firstMatch(of: pattern)?.1)
        return Dictionary(
            block.matches(of: /--([a-z-]+): ([^;]+);/).map { (String($0.1), String($0.2)) }, uniquingKeysWith: { $1 })
    }

    private static func colour(_ hex: String?) throws -> [Int] {
        let digits = try #require(hex?.wholeMatch(of: /#([0-9a-f]{6})/)?.1)
        let number = try #require(Int(digits, radix: 16))
        return [number >> 16, number >> 8 & 255, number & 255]
    }

    @Test(arguments: [false, true]) func textStandsOut(isDark: Bool) throws {
        let named = try Self.variables(isDark: isDark)
        var pairs: [(String, String)] = [("warn", "warn-paper"), ("paper", "ink")]
        for text in ["ink", "soft", "link", "bad", "model", "scrubbed"] {
            pairs += [(text, "paper"), (text, "panel")]
        }
        for (text, ground) in pairs {
            let contrast = ColourScale.contrast(try Self.colour(named[text]), try Self.colour(named[ground]))
            #expect(contrast >= 4.5, "\(text) on \(ground): \(contrast)")
        }
    }

    @Test(arguments: [false, true]) func claimsOfEveryColourCanBeRead(isDark: Bool) throws {
        let named = try Self.variables(isDark: isDark)
        func share(_ name: String) throws -> Double { try #require(Double(named[name]?.dropLast() ?? "")) / 100 }
        let (saturation, fill) = (try share("claim-saturation"), try share("claim-lightness"))
        for hue in 0..<360 {
            let ground = Self.rgb(hue: Double(hue), saturation, lightness: fill)
            let contrast = ColourScale.contrast(try Self.colour(named["ink"]), ground)
            #expect(contrast >= 4.5, "hue \(hue): \(contrast)")
        }
    }

    @Test func everyCellOfAHeatMapCanBeRead() {
        for step in -10...110 {
            let share = Double(step) / 100
            #expect(ColourScale.contrast(ColourScale.ink(share), ColourScale.colour(share)) >= 4.5, "\(share)")
        }
    }

    @Test func theScaleGrowsLighter() {
        let light = (0...100).map { ColourScale.contrast([0, 0, 0], ColourScale.colour(Double($0) / 100)) }
        #expect(zip(light, light.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func contrastIsThatOfTheGuidelines() {
        #expect(abs(ColourScale.contrast([255, 255, 255], [0, 0, 0]) - 21) < 1e-9)
        // W3C's own example of the least grey that is read on white.
        #expect(abs(ColourScale.contrast([118, 118, 118], [255, 255, 255]) - 4.54) < 0.01)
    }

    private static func rgb(hue: Double, _ saturation: Double, lightness: Double) -> [Int] {
        let chroma = saturation * min(lightness, 1 - lightness)
        return [0.0, 8, 4].map { (offset: Double) -> Int in
            let k = (offset + hue / 30).truncatingRemainder(dividingBy: 12)
            return Int(((lightness - chroma * max(-1, min(k - 3, 9 - k, 1))) * 255).rounded())
        }
    }
}
