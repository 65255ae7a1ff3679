/// Names that fit into a narrow place and are still told apart: mostly they begin alike and differ at the end.
package enum ShortNames {
    /// What is kept of what names have in common, before the place where they differ.
    private static let context = 8

    /// - Parameters:
    ///   - names: to be told apart.
    ///   - count: the most characters of each.
    /// - Returns: in the same order, names that fit as they are; others cut in the middle or, where they would then be alike,
    ///   before the place where they first differ; and with a number, where even so they are alike.
    package static func of(_ names: [String], most count: Int) -> [String] {
        var told: [String: String] = [:]
        for (short, alike) in Dictionary(grouping: Set(names), by: { middle($0, count) }) {
            let start = alike.count > 1 ? max(0, common(alike) - context) : 0
            for name in alike { told[name] = start > 0 ? behind(start, name, count) : short }
        }
        var taken: Set<String> = []
        for name in names.unique {
            guard let short = told[name] else { continue }
            var number = 1
            while !taken.insert(told[name] ?? short).inserted {
                number += 1
                told[name] = "\(short.prefix(count - 7)) (\(number))"
            }
        }
        return names.map { told[$0] ?? $0 }
    }

    /// `attention heads of … layer 3`: the end has the more of the room, since names differ there.
    private static func middle(_ name: String, _ count: Int) -> String {
        if name.count <= count { return name }
        let head = (count - 1) / 3
        return "\(name.prefix(head))…\(name.suffix(count - 1 - head))"
    }

    private static func behind(_ start: Int, _ name: String, _ count: Int) -> String {
        let rest = name.dropFirst(start)
        return "…" + (rest.count < count ? rest : rest.prefix(count - 2) + "…")
    }

    /// How many characters names have in common in front.
    private static func common(_ names: [String]) -> Int {
        names.dropFirst().reduce(names[0]) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }.count
    }
}
