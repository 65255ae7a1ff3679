internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStore

/// The trees of a page, each drawn once, all by one run of the program that lays them out.
struct TreeGallery {
    enum Entry {
        /// SVG.
        case picture(String)
        /// A nested list, and why it stands for a picture.
        case list(String, why: String)
        /// The group that has it already.
        case seen(group: Int)
        case none
    }

    /// By number of the group.
    let entries: [Int: Entry]

    init(_ groups: [RunGroup], drawing: any TreeDrawing) {
        var entries: [Int: Entry] = [:]
        var first: [String: Int] = [:]
        var trees: [(group: RunGroup, text: String, tree: ClaimTree)] = []
        for group in groups {
            guard let text = group.runs.lazy.compactMap(\.tree).first else {
                entries[group.number] = Entry.none
                continue
            }
            if let known = first[text] {
                entries[group.number] = .seen(group: known)
                continue
            }
            first[text] = group.number
            if let tree = ClaimTree(dot: text) {
                trees.append((group, text, tree))
            } else {
                entries[group.number] = .list(
                    element("pre", [:], text.escaped), why: "The tree is in no form that this page can draw.")
            }
        }
        let (layouts, why) = Self.layouts(trees.map(\.tree), drawing)
        for (number, (group, _, tree)) in trees.enumerated() {
            guard let layouts else {
                entries[group.number] = .list(tree.list, why: why)
                continue
            }
            let attribution = group.example?.report.attribution ?? []
            entries[group.number] = .picture(
                TreePicture(tree: tree, layout: layouts[number], attribution: attribution).svg)
        }
        self.entries = entries
    }

    /// A layout for each tree; nil, and why, where there is none.
    private static func layouts(
        _ trees: [ClaimTree], _ drawing: any TreeDrawing
    ) -> (layouts: [TreeLayout]?, why: String) {
        if trees.isEmpty { return ([], "") }
        do {
            let layouts = TreeLayout.layouts(plain: try drawing.layout(of: TreeLayout.request(trees)))
            return layouts.count == trees.count
                ? (layouts, "")
                : (nil, "Not drawn: the program that lays trees out drew \(layouts.count) of \(trees.count).")
        } catch GraphvizError.missing {
            return (nil, "Not drawn: that takes Graphviz (apt install graphviz), and there was no dot on the PATH.")
        } catch {
            return (nil, "Not drawn: \((error as? any Diagnostic)?.message ?? "\(error)")")
        }
    }
}
