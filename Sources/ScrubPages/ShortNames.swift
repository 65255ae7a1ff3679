/// Names that fit into a narrow place and are still told apart: mostly they begin alike and differ at the end.
package enum ShortNames {
    /// What is kept of what names have in common, before the place where they differ.
    private static let context = 8

    /// - Parameters:
    ///   - names: to be told apart.
    ///   - count: the most characters of each.
    /// - Returns: in the same order, names that fit as they are; others cut in the middle or, where they would then be alike,
    ///   before the place where they differ.
    package static func of(_ names: [String], most count: Int) -> [String] {
        let short = names.map { middle($0, count) }
        let alike = Dictionary(grouping: Set(names)) { middle($0, count) }
        var told: [String: String] = [:]
        for names in alike.values where names.count > 1 { tellApart(names, count, &told) }
        return zip(names, short).map { told[$0] ?? $1 }
    }

    /// `attention heads of … layer 3`: the end has the more of the room, since names differ there.
    private static func middle(_ name: String, _ count: Int) -> String {
        if name.count <= count { return name }
        let head = (count - 1) / 3
        return "\(name.prefix(head))…\(name.suffix(count - 1 - head))"
    }

    /// Names whose middles are cut alike differ there: what they have in common in front is left out instead, as often as
    /// it takes.
    private static func tellApart(_ names: [String], _ count: Int, _ told: inout [String: String]) {
        let common = names.dropFirst().reduce(names[0]) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }.count
        let start = max(0, common - context)
        func short(_ name: String) -> String {
            let rest = name.dropFirst(start)
            return "…" + (rest.count < count ? rest : rest.prefix(count - 2) + "…")
        }
        for alike in Dictionary(grouping: names, by: short).values {
            if alike.count == 1 { told[alike[0]] = short(alike[0]) } else { tellApart(alike, count, &told) }
        }
    }
}
