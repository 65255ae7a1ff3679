/// A small table: a name and numbers a line.
struct Grid {
    var caption: String
    /// Whether the caption is for those who do not see the heading above.
    var isBare: Bool
    var heads: [String]
    /// The body's rows, as markup: there are too many cells for a template to be asked of each.
    var body: String

    /// - Parameters:
    ///   - caption: what the table is of.
    ///   - isBare: whether that can be seen above it.
    ///   - heads: of its columns.
    ///   - rows: the first of each is its name.
    init(_ caption: String, isBare: Bool = false, heads: [String], rows: [[String]]) {
        self.caption = caption
        self.isBare = isBare
        self.heads = heads
        body = rows.map { row in
            let cells = row.enumerated().map { place, text in
                place == 0 ? "<th scope=row>\(text.escaped)</th>" : "<td>\(text.escaped)</td>"
            }
            return "<tr>\(cells.joined())</tr>\n"
        }.joined()
    }
}
