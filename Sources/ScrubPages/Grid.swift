/// A small table: a name and numbers a line.
struct Grid {
    struct Line {
        var name: String
        var numbers: [String]
    }

    var caption: String
    /// Whether the caption is for those who do not see the heading above.
    var isBare: Bool
    var heads: [String]
    var lines: [Line]

    /// - Parameters:
    ///   - caption: what the table is of.
    ///   - isBare: whether that can be seen above it.
    ///   - heads: of its columns.
    ///   - rows: the first of each is its name.
    init(_ caption: String, isBare: Bool = false, heads: [String], rows: [[String]]) {
        self.caption = caption
        self.isBare = isBare
        self.heads = heads
        lines = rows.map { Line(name: $0.first ?? "", numbers: Array($0.dropFirst())) }
    }
}
