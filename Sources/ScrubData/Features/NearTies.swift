internal import ScrubCore

/// Values of different classes that lie so near each other that rounding may have parted them.
struct NearTies {
    /// The nearest such pair.
    private(set) var lower = 0.0
    private(set) var upper = 0.0
    private(set) var classes: Set<Int32> = []
    private var distance = Double.infinity

    /// Relative to the larger of the two.
    static let tolerance = 1e-6

    private mutating func note(_ a: Double, _ b: Double, classes pair: Int32...) {
        classes.formUnion(pair)
        let relative = abs(a - b) / max(abs(a), abs(b))
        if relative < distance { (lower, upper, distance) = (min(a, b), max(a, b), relative) }
    }

    static func near(_ a: Double, _ b: Double) -> Bool {
        a.isFinite && b.isFinite && abs(a - b) <= tolerance * max(abs(a), abs(b))
    }

    /// Ties of one real per class; nil where the class has none. Two integers are never a tie.
    ///
    /// - Complexity: O(classes log classes): neighbours in order suffice.
    init(scalars: [(value: Double, isInteger: Bool)?]) {
        let sorted = scalars.enumerated().compactMap { c, scalar in
            scalar.map { (value: $0.value, isInteger: $0.isInteger, c: Int32(c)) }
        }.sorted { ($0.value, $0.c) < ($1.value, $1.c) }
        for (a, b) in zip(sorted, sorted.dropFirst()) {
            if !(a.isInteger && b.isInteger), Self.near(a.value, b.value) { note(a.value, b.value, classes: a.c, b.c) }
        }
    }

    /// Ties of one vector per class, `vector(c)` of the given width: near in every element.
    ///
    /// Elements are first replaced by the number of their run of near neighbours; vectors with equal runs are then
    /// compared, within a group the first `mostCompared` of them.
    /// - Complexity: O(width × classes log classes).
    init(classes: Int, width: Int, element: (Int, Int) -> Double) {
        var runs = [Int32](repeating: 0, count: classes * width)
        for index in 0..<width {
            let order = (0..<classes).sorted { element($0, index) < element($1, index) }
            var run: Int32 = 0
            for (a, b) in zip(order, order.dropFirst()) {
                let (x, y) = (element(a, index), element(b, index))
                if x != y, !Self.near(x, y) { run += 1 }
                runs[b * width + index] = run
            }
        }
        let groups = ClassIndex(
            Grouping(
                count: classes,
                hash: { c in
                    runs[c * width..<(c + 1) * width].reduce(0) { Grouping.mixed($0 ^ UInt64(UInt32(bitPattern: $1))) }
                },
                equal: { a, b in
                    runs[a * width..<(a + 1) * width].elementsEqual(runs[b * width..<(b + 1) * width])
                }),
            weights: nil)
        for group in 0..<groups.classCount where groups.members(ofClass: group).count > 1 {
            let members = groups.members(ofClass: group).prefix(Self.mostCompared)
            for (position, a) in members.enumerated() {
                for b in members.dropFirst(position + 1) { compare(Int(a), Int(b), width: width, element: element) }
            }
        }
    }

    private static let mostCompared = 64

    private mutating func compare(_ a: Int, _ b: Int, width: Int, element: (Int, Int) -> Double) {
        var different: Int?
        for index in 0..<width {
            let (x, y) = (element(a, index), element(b, index))
            guard x == y || Self.near(x, y) else { return }
            if x != y { different = index }
        }
        if let different { note(element(a, different), element(b, different), classes: Int32(a), Int32(b)) }
    }
}
