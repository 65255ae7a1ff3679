internal import ScrubCore
public import ScrubOps

/// Part of a node's value.
public enum Slice: Hashable, Sendable {
    case whole
    /// Rows along the position axis: ascending, and not all of them.
    case positions([Int])
    /// Entries of an attention pattern, by the source position they weigh.
    case sources(SourcePart)

    public func contains(position: Int) -> Bool {
        switch self {
        case .whole: true
        case .positions(let list): list.contains(position)
        case .sources: false
        }
    }
}

extension Slice: CustomStringConvertible {
    /// Canonical, as hypotheses write it: nothing, `[3]`, `[1:4]`, `[0,2:5]`, `[previous]`, `[source 0]`.
    public var description: String {
        switch self {
        case .whole: return ""
        case .positions(let list): return "[\(Self.text(list))]"
        case .sources(.offsets(let offsets)):
            return
                "[\(offsets.map { $0 == 0 ? "current" : $0 == 1 ? "previous" : "previous \($0)" }.joined(separator: ","))]"
        case .sources(.keys(let keys)): return "[source \(Self.text(keys))]"
        case .sources(.pairs(let pairs)): return "[\(SourcePart.pairs(pairs).text)]"
        }
    }

    /// Ascending numbers with runs as half-open ranges: `0,2:5`.
    public static func text(_ numbers: [Int]) -> String {
        var runs: [Range<Int>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound == number {
                runs[runs.count - 1] = last.lowerBound..<number + 1
            } else {
                runs.append(number..<number + 1)
            }
        }
        return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)" }
            .joined(separator: ",")
    }
}

/// A node, or a slice of it.
public struct Place: Hashable, Sendable {
    public var node: Int
    public var slice: Slice

    public init(_ node: Int, _ slice: Slice = .whole) {
        self.node = node
        self.slice = slice
    }
}

extension Graph {
    /// How many positions a node's value has; nil where its first axis is another.
    public func positions(of node: Int) -> Int? {
        guard let axis = nodes[node].type.shape.axes.first, axis.name == .position else { return nil }
        return axis.count
    }

    /// `a1.h0.input[3]`.
    public func text(_ place: Place) -> String { "\(nodes[place.node].name)\(place.slice)" }
}
