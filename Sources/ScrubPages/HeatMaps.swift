internal import ScrubCore
internal import ScrubStore

/// A parameter, and its values in the order in which a map has them: numbers by size, the rest by the alphabet.
struct HeatAxis {
    let name: String
    let values: [String]

    init(_ name: String, of groups: [RunGroup]) {
        self.name = name
        values = Set(groups.compactMap { $0.statement.parameters[name] }).sorted { one, other in
            switch (Double(one), Double(other)) {
            case (let a?, let b?): (a, one) < (b, other)
            case (nil, nil): one < other
            case (let a, _): a != nil
            }
        }
    }
}

/// The maps of one hypothesis with its policies: by the two parameters of most values, one map for each combination of
/// what else varies.
struct HeatMaps {
    var maps: [HeatMap] = []
    /// What is not drawn, and why.
    var mapsNote: String?

    /// More than these nobody compares by eye.
    private static let mostMaps = 24
    /// The least share of a map's cells that have a run: of fewer, parameters are a list and no grid.
    private static let leastShare = 0.25

    /// In order of appearance.
    static func all(of groups: [RunGroup], _ names: GroupNames) -> [HeatMaps] {
        groups.grouped { group in
            var statement = group.statement
            // The text follows from the hypothesis and its parameters.
            (statement.parameters, statement.text) = ([:], "\(group.edition ?? "") \(group.contents ?? "")")
            return statement
        }.map { HeatMaps($0, names) }.filter { !$0.maps.isEmpty || $0.mapsNote != nil }
    }

    private init(_ groups: [RunGroup], _ names: GroupNames) {
        let varying = names.parameters.map { HeatAxis($0, of: groups) }.filter { $0.values.count > 1 }
        // Of equals the first: sorting keeps their order.
        let most = varying.enumerated().sorted { one, other in
            (other.element.values.count, one.offset) < (one.element.values.count, other.offset)
        }.prefix(2).map(\.element)
        guard let columns = varying.first(where: { axis in most.contains { $0.name == axis.name } }),
            let rows = most.first(where: { $0.name != columns.name })
        else { return }
        let slices = groups.grouped { group in
            group.statement.parameters.filter { $0.key != rows.name && $0.key != columns.name }
        }
        let title = names.name(groups[0], without: varying.map(\.name))
        let axes = "\(rows.name) and \(columns.name)"
        let cells = rows.values.count * columns.values.count * slices.count
        guard Double(groups.count) >= Self.leastShare * Double(cells) else {
            mapsNote =
                "\(title) has no map by \(axes): its runs would fill "
                + "\(groups.count.grouped) of \(cells.grouped) cells."
            return
        }
        maps = slices.prefix(Self.mostMaps).map { HeatMap($0, rows: rows, columns: columns, names) }
        if slices.count > Self.mostMaps {
            mapsNote =
                "\(title): the first \(Self.mostMaps) of \(slices.count.grouped) maps by \(axes), one for each combination of "
                + "its other parameters; more are not compared by eye. The table of runs has all."
        }
    }
}

extension [RunGroup] {
    /// Those of equal keys together, in order of appearance.
    fileprivate func grouped<Key: Hashable>(_ key: (RunGroup) -> Key) -> [[RunGroup]] {
        var order: [Key] = []
        var members: [Key: [RunGroup]] = [:]
        for group in self {
            let key = key(group)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(group)
        }
        return order.map { members[$0] ?? [] }
    }
}
