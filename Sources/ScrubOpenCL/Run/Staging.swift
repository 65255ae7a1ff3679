internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Rows of one phase that are run together.
struct Chunk {
    var phase: Rows
    var start: Int
    var rows: Int
}

/// The one region of device memory that is read back: four integers of status, then the roots of a chunk, each
/// `[rows, axes]`.
///
/// Steps write roots here directly and later steps read them here, so that nothing is packed.
struct Staging {
    static let statusElements = 4

    /// By phase, then by value: elements per row before it. A value that is a root twice is here once.
    private var offsets: [Rows: [Int: Int]] = [:]
    private var elementsPerRow: [Rows: Int] = [:]

    init(_ plan: Plan) {
        for value in Set(plan.roots.map(\.value)).sorted() {
            let rows = plan.values[value].rows
            offsets[rows, default: [:]][value] = elementsPerRow[rows, default: 0]
            elementsPerRow[rows, default: 0] += plan.values[value].type.shape.count
        }
    }

    /// The values of a phase that are roots, ascending.
    func values(of phase: Rows) -> [Int] { (offsets[phase] ?? [:]).keys.sorted() }

    /// Elements that a chunk of `rows` rows takes, status included.
    func elements(of phase: Rows, rows: Int) -> Int { Self.statusElements + elementsPerRow[phase, default: 0] * rows }

    /// Where a root begins in a chunk of so many rows; nil when the value is no root of that phase.
    func offset(of value: Int, in phase: Rows, rows: Int) -> Int? {
        offsets[phase]?[value].map { Self.statusElements + $0 * rows }
    }
}
