internal import ScrubPlan

/// Where draws find what they need: the words that draws.cl reads of each, ordered by generation.
struct DrawLayout {
    static let wordsOfDraw = 9
    /// [draw, 9]
    private(set) var words: [Int64] = []
    /// Consecutive draws whose parents come in earlier ones.
    private(set) var generations: [Range<Int>] = []
    /// Tables that have children.
    let parents: Int
    let tables: Int

    init(_ draws: RowDraws) {
        var places: [Int: Int] = [:]
        for parent in draws.draws.compactMap(\.parent) where places[parent] == nil { places[parent] = places.count }
        var depths: [Int] = []
        for draw in draws.draws { depths.append(draw.parent.map { depths[$0] + 1 } ?? 0) }
        parents = places.count
        tables = draws.draws.count
        let starts = Self.starts(draws.classes)
        for (_, generation) in Dictionary(grouping: depths.indices, by: { depths[$0] }).sorted(by: { $0.key < $1.key })
        {
            let first = words.count / Self.wordsOfDraw
            for table in generation {
                let draw = draws.draws[table]
                let start = starts[draw.classes]
                words += [table, draw.parent.flatMap { places[$0] } ?? -1, places[table] ?? -1].map(Int64.init)
                words += (start.integers + [start.sums]).map(Int64.init)
                words.append(Int64(bitPattern: draw.key))
            }
            generations.append(first..<words.count / Self.wordsOfDraw)
        }
    }

    /// The integers of classes, in the order in which they are uploaded: class of each row, first members, members, guide.
    static func integers(_ classes: RowDraws.Classes) -> [[Int32]] {
        [classes.classOf, classes.offsets.map { Int32(clamping: $0) }, classes.rows, classes.weights?.guide ?? []]
    }

    /// How many they are.
    static func integerCount(_ classes: RowDraws.Classes) -> Int {
        classes.classOf.count + classes.offsets.count + classes.rows.count + (classes.weights?.guide.count ?? 0)
    }

    /// By number of classes, where its four kinds of integers begin, the last -1 where there are none, and where its sums.
    private static func starts(_ classes: [RowDraws.Classes]) -> [(integers: [Int], sums: Int)] {
        var (integer, sum) = (0, 0)
        return classes.map { classes in
            let counts = [classes.classOf.count, classes.offsets.count, classes.rows.count]
            let first = counts.reduce(into: [integer]) { $0.append($0[$0.count - 1] + $1) }
            defer {
                integer += integerCount(classes)
                sum += classes.weights?.cumulative.count ?? 0
            }
            return (Array(first[..<3]) + [classes.weights == nil ? -1 : first[3]], sum)
        }
    }
}
