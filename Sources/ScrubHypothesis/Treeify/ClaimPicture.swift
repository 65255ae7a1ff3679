public import ScrubGraph
internal import ScrubPlan

/// How many classes a feature has on D, and of how many rows.
public struct ClassSizes: Hashable, Sendable {
    public var count: ClosedRange<Int>
    public var rows: ClosedRange<Int>

    public init(count: ClosedRange<Int>, rows: ClosedRange<Int>) {
        (self.count, self.rows) = (count, rows)
    }

    /// What holds for two features.
    func union(_ other: ClassSizes) -> ClassSizes {
        func hull(_ a: ClosedRange<Int>, _ b: ClosedRange<Int>) -> ClosedRange<Int> {
            min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
        }
        return ClassSizes(count: hull(count, other.count), rows: hull(rows, other.rows))
    }
}

extension ClassSizes: CustomStringConvertible {
    /// `2 classes of 4 rows`, `3 classes of 1 to 4,000 rows`.
    public var description: String {
        func grouped(_ number: Int) -> String {
            number < 1000 ? "\(number)" : "\(grouped(number / 1000)),\("\(number % 1000 + 1000)".dropFirst())"
        }
        func text(_ range: ClosedRange<Int>) -> String {
            range.count == 1
                ? grouped(range.lowerBound) : "\(grouped(range.lowerBound)) to \(grouped(range.upperBound))"
        }
        return
            "\(text(count)) \(count == 1...1 ? "class" : "classes") of \(text(rows)) \(rows == 1...1 ? "row" : "rows")"
    }
}

/// A claim as people see it, or the data of a claim's other inputs: what the text and the drawing of a hypothesis
/// have in common. Claims that one `[*]` made are one picture.
public struct ClaimPicture: Hashable, Sendable {
    public enum Role: Hashable, Sendable {
        case claim
        /// A claim that stands elsewhere too, where its children are.
        case again
        case others
    }

    public var role: Role
    /// The claims that it shows; of others, those whose inputs they are.
    public var claims: [Int]
    /// `a1.h0`, `input[0..41]`, `embed avoiding a0.h0`.
    public var name: String
    /// The tables of its data, ascending.
    public var tables: [Int]
    /// How they are drawn: `same horizon_at[*] as #5`.
    public var draw: String
    public var classes: ClassSizes?
    public var children: [ClaimPicture] = []

    /// `#5`, `#7..#48`.
    public var datum: String { Self.text(tables) }

    static func text(_ tables: [Int]) -> String { ranges(tables).map { "#\($0)" }.joined(separator: ", ") }

    /// Ascending numbers, runs of them by their ends: `0..41`.
    static func ranges(_ numbers: [Int]) -> [String] {
        var runs: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound + 1 == number {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)..\($0.upperBound)" }
    }
}

extension ScrubTree {
    /// The claims as lines of a drawing.
    ///
    /// - Parameters:
    ///   - graph: the graph that the tree is bound to.
    ///   - classes: by feature text, its classes on D.
    ///   - fold: how many claims of one `[*]` are shown as one, at least.
    public func picture(on graph: Graph, classes: [String: ClassSizes] = [:], fold: Int) -> ClaimPicture {
        var painter = ClaimPainter(tree: self, graph: graph, classes: classes, fold: fold)
        return painter.picture(of: [0])
    }
}
