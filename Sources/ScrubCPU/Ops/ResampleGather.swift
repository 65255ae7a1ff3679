internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct ResampleGatherRoutine: Routine {
    private let tables: [Int?]
    private let runs: [ResampleGather.Run]
    private let (vectors, width): (Int, Int)
    /// Whether whole rows are added: each element is then written once, whatever the number of terms.
    private let isSum: Bool
    private let math: VectorMath

    init(_ op: ResampleGather, _ output: ValueType, _ math: VectorMath) {
        self.math = math
        tables = op.terms.map(\.table)
        runs = op.runs(of: output)
        (vectors, width) = (output.shape.vectors, output.shape.width)
        isSum = op.terms.count > 1 && op.terms[0].positions == nil
    }

    func run(_ frame: borrowing Frame) {
        if isSum { addRows(frame) } else { addRuns(frame) }
    }

    private func addRows(_ frame: borrowing Frame) {
        let addends = tables.count
        withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: addends) { x in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: addends) { strides in
                guard let first = x.baseAddress, let steps = strides.baseAddress else { return }
                strides.initialize(repeating: 0)
                for row in 0..<frame.rows {
                    let count = frame.positions(row, of: vectors) * width
                    for term in 0..<addends {
                        x[term] = source(frame, term, row)
                        fetch(frame, term, after: row, from: 0, count)
                    }
                    math.rows.sum(addends, first, steps, 1, count, frame.floats + row * vectors * width)
                }
            }
        }
    }

    private func addRuns(_ frame: borrowing Frame) {
        // Row by row, so that what several terms add to stays in the first-level cache.
        for row in 0..<frame.rows {
            let y = frame.floats + row * vectors * width
            let end = frame.positions(row, of: vectors) * width
            for run in runs where run.to < end {
                let (x, count) = (source(frame, run.term, row) + run.from, min(run.count, end - run.to))
                fetch(frame, run.term, after: row, from: run.from, count)
                if run.adds {
                    math.rows.add(count, y + run.to, x, y + run.to)
                } else {
                    (y + run.to).update(from: x, count: count)
                }
            }
        }
    }

    /// The row of a term that a replicate reads.
    @inline(__always)
    private func source(_ frame: borrowing Frame, _ term: Int, _ row: Int) -> UnsafePointer<Float> {
        let place = tables[term].map { Int(frame.bound.tables[$0][frame.first + row]) } ?? row
        return frame.input(term).floats(place)
    }

    /// Asks for what a replicate soon to come reads of a term, which may lie anywhere.
    @inline(__always)
    private func fetch(_ frame: borrowing Frame, _ term: Int, after row: Int, from: Int, _ count: Int) {
        let later = row + Self.ahead
        guard tables[term] != nil, later < frame.rows else { return }
        scrub_prefetch(source(frame, term, later) + from, 4 * count)
    }

    /// Replicates between asking for a row and reading it.
    private static let ahead = 4
}
