public import ScrubGraph

extension ScrubTree {
    /// The tree of claims, one line each: name, number of the datum, and how it is drawn.
    ///
    /// - Parameters:
    ///   - graph: the graph that the tree is bound to.
    ///   - classes: by feature text, its classes on D.
    ///   - isColoured: whether a number has a colour of its own, by the codes of ANSI terminals.
    public func text(on graph: Graph, classes: [String: ClassSizes] = [:], isColoured: Bool = false) -> String {
        var lines: [(name: String, picture: ClaimPicture)] = []
        func visit(_ picture: ClaimPicture, _ branch: String, _ indent: String) {
            lines.append((branch + picture.name, picture))
            for (number, child) in picture.children.enumerated() {
                let isLast = number == picture.children.count - 1
                visit(child, indent + (isLast ? "└─ " : "├─ "), indent + (isLast ? "   " : "│  "))
            }
        }
        visit(picture(on: graph, classes: classes, fold: 3), "", "")
        let width = lines.map(\.name.count).max() ?? 0
        let numbers = lines.map(\.picture.datum.count).max() ?? 0
        return lines.map { name, picture in
            func padded(_ text: String, _ width: Int) -> String {
                text + String(repeating: " ", count: width - text.count)
            }
            let datum = padded(picture.datum, numbers)
            return "\(padded(name, width))  \(isColoured ? picture.coloured(datum) : datum)  \(picture.sentence)\n"
        }.joined()
    }
}

extension ClaimPicture {
    /// How its data are drawn: `same count as #0 (2 classes of 4 rows)`.
    var sentence: String {
        let count = tables.count > 1 && role != .others ? ", \(tables.count) draws" : ""
        return draw + (classes.map { " (\($0))" } ?? "") + count + (role == .again ? ", as above" : "")
    }

    /// `text` in the colour of its first datum.
    fileprivate func coloured(_ text: String) -> String {
        // Of the 256 colours, those that are read on black and on white.
        let colours = [33, 166, 35, 133, 178, 37, 203, 64, 99, 136, 169, 30]
        let colour = colours[(tables.first ?? 0) % colours.count]
        return "\u{1B}[\(role == .others ? "2;" : "")38;5;\(colour)m\(text)\u{1B}[0m"
    }
}
