/// A small table: a name and numbers a line.
struct Grid {
    struct Line {
        var name: String
        var numbers: [String]
    }

    var caption: String
    var heads: [String]
    var lines: [Line]

    /// - Parameter rows: the first of each is its name.
    init(_ caption: String, heads: [String], rows: [[String]]) {
        self.caption = caption
        self.heads = heads
        lines = rows.map { Line(name: $0.first ?? "", numbers: Array($0.dropFirst())) }
    }
}
