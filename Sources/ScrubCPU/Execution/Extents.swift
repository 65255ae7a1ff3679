internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// How far the positions of each row of a value are read: ``ReadPositions``, with its tokens by number.
struct Extent {
    let lengths: Int
    let table: Int?
    let beyond: Int
    let least: Int
}

/// Of one run: how long its data are, up to their padding, and by value how far it is read.
struct Extents {
    /// By number of the program's padded tokens, and by row.
    let lengths: [UnsafePointer<Int32>]
    /// By value; nil where all positions are read.
    let byValue: [Extent?]
    private let tokens: [PaddedTokens]
    private let covered: Set<CoveredPosition>

    /// - Parameters:
    ///   - covered: what the draws keep to.
    ///   - addresses: by value, where columns are bound.
    init(
        _ program: Program, rows: Int, covered: Set<CoveredPosition>, _ addresses: [UnsafeMutableRawPointer?],
        in memory: Memory
    ) throws {
        let plan = program.plan
        let tokens = program.tokens
        lengths = try tokens.map { padded in
            let lengths = try memory.allocate(rows, 1).assumingMemoryBound(to: Int32.self)
            if let column = addresses[padded.column]?.assumingMemoryBound(to: Int32.self) {
                padded.measure(
                    column, positions: plan.values[padded.column].type.shape.count, rows: rows,
                    UnsafeMutableBufferPointer(start: lengths, count: rows))
            }
            return UnsafePointer(lengths)
        }
        let reads = tokens.isEmpty ? [:] : Padding(plan, isCovered: covered.contains).reads
        byValue = plan.values.indices.map { value in
            reads[value].flatMap { read in
                tokens.firstIndex(of: read.tokens).map {
                    Extent(lengths: $0, table: read.table, beyond: read.beyond, least: read.least)
                }
            }
        }
        self.tokens = tokens
        self.covered = covered
    }

    /// Throws where draws do not keep to what was said of them: what they read might not have been computed.
    ///
    /// - Complexity: O(replicates × covered positions).
    func check(_ drawn: [[Int32]], _ plan: Plan) throws(BindingError) {
        for known in covered {
            // What no step asks for is no matter.
            guard let number = tokens.firstIndex(of: known.tokens), drawn.indices.contains(known.table),
                drawn.indices.contains(known.mask)
            else { continue }
            let lengths = lengths[number]
            for (row, mask) in zip(drawn[known.table], drawn[known.mask])
            where Int(lengths[Int(row)]) <= known.position && Int(lengths[Int(mask)]) > known.position {
                throw .uncovered(
                    plan.tables[known.table].key, row: Int(row), position: known.position,
                    mask: plan.tables[known.mask].key)
            }
        }
    }
}
