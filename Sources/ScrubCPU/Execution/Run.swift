internal import Dispatch
internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan
internal import Synchronization

/// One run: memory for what outlives a block, weights packed, and both phases.
final class Run {
    let program: Program
    let datasetRows: Int
    private let memory = Memory()
    private(set) var record = RunRecord()
    /// By value: packed weights, and what the sums of a linear step start from.
    private var panels: [Panels?]
    private var starts: [UnsafePointer<Float>?]
    private let extents: Extents
    /// By value that is kept without padding.
    private let rowStarts: [RowStarts?]
    /// By number of the tabulation's entry, what is looked up.
    private var tabulated: [UnsafePointer<Float>?] = []
    /// By value: where bound, kept and returned values lie.
    private var addresses: [UnsafeMutableRawPointer?]

    init(_ program: Program, _ data: DatasetBindings, inputs: [UnsafeMutableRawPointer]) throws {
        let rows = data.rows
        self.program = program
        datasetRows = rows
        let plan = program.plan
        addresses = Array(repeating: nil, count: plan.values.count)
        panels = Array(repeating: nil, count: plan.values.count)
        starts = Array(repeating: nil, count: plan.values.count)
        for (input, pointer) in zip(plan.inputs, inputs) { addresses[input.value] = pointer }
        memory.count(program.boundBytes(datasetRows: rows))
        let returned = Set(plan.roots.map(\.value))
        // What is kept and returned is written where it is returned.
        for value in program.kept where addresses[value] == nil && !returned.contains(value) {
            addresses[value] = try memory.allocate(rows, program.plan.values[value].type.shape.count)
        }
        extents = try Extents(program, rows: rows, covered: data.covered, addresses, in: memory)
        rowStarts = try Self.rowStarts(program, extents, rows: rows, in: memory)
        try packWeights()
        tabulated = try withBound([]) { try tabulate($0, in: memory) }
    }

    func address(of value: Int) -> UnsafeMutableRawPointer? { addresses[value] }

    /// Throws `BindingError.uncovered` where draws do not keep to what was bound of them.
    func checkCovered(_ tables: [[Int32]]) throws { try extents.check(tables, program.plan) }

    /// Runs a phase over `rows` rows.
    ///
    /// - Returns: its roots, `[rows, axes]`.
    /// - Throws: `CPUError.indexOutOfRange` for the first block that meets one, `CPUError.outOfMemory`.
    func roots(
        on rows: Rows, rows count: Int, tables: [[Int32]], _ progress: @Sendable (RunProgress) -> Void
    ) throws -> [String: HostTensor] {
        let plan = program.plan
        let roots = plan.roots.filter { plan.values[$0.value].rows == rows }
        let numbers = Set(roots.map(\.value)).sorted()
        let wanted = numbers.map { value in
            let type = plan.values[value].type
            return (type.element, [count] + type.shape.axes.map(\.count))
        }
        let tables: [HostTensor?] = tables.map { HostTensor([$0.count], $0) }
        let drawn = 4 * tables.count * count
        memory.count(drawn + numbers.reduce(0) { $0 + count * plan.values[$1].type.bytes })
        let made = try tensors(wanted.map { ($0, $1) }[...]) { pointers in
            for (value, pointer) in zip(numbers, pointers) { addresses[value] = pointer }
            try withPointers(to: tables[...]) { tables in
                let tables = tables.map { UnsafePointer($0.assumingMemoryBound(to: Int32.self)) }
                try withBound(tables) { bound in
                    for phase in program.phases where phase.rows == rows {
                        try compute(phase, rows: count, bound, progress)
                    }
                }
            }
            if rows == .dataset { try keep(numbers, of: count) }
        }
        if rows == .replicates { memory.count(-drawn - numbers.reduce(0) { $0 + count * plan.values[$1].type.bytes }) }
        record.peakBytes = max(record.peakBytes, memory.peakBytes)
        let tensors = Dictionary(uniqueKeysWithValues: zip(numbers, made))
        return Dictionary(
            uniqueKeysWithValues: roots.compactMap { root in tensors[root.value].map { (root.name, $0) } })
    }

    /// Copies what was returned and is gathered too: the tensors returned may be moved.
    private func keep(_ returned: [Int], of rows: Int) throws {
        let kept = Set(program.kept)
        for value in returned where kept.contains(value) {
            guard let from = addresses[value] else { continue }
            let count = program.plan.values[value].type.shape.count
            let copy = try memory.allocate(rows, count)
            copy.copyMemory(from: from, byteCount: rows * count * 4)
            addresses[value] = copy
        }
    }

    private func packWeights() throws {
        for packing in program.packings {
            let base = try memory.allocate(packing.rows, packing.paddedColumns).assumingMemoryBound(to: Float.self)
            let source = addresses[packing.value]?.assumingMemoryBound(to: Float.self)
            switch packing.form {
            case .panels:
                let packed = Panels(base, inner: packing.rows, columns: packing.columns, program.kernels.product)
                if let source { packed.pack(source, stride: packing.columns) }
                panels[packing.value] = packed
            case .start(let isBias):
                base.update(repeating: 0, count: packing.paddedColumns)
                if isBias, let source { base.update(from: source, count: packing.columns) }
                starts[packing.value] = UnsafePointer(base)
            }
        }
    }

    private func withBound<R>(_ drawn: [UnsafePointer<Int32>], _ body: (Bound) throws -> R) rethrows -> R {
        try drawn.withUnsafeBufferPointer { drawn in
            try panels.withUnsafeBufferPointer { panels in
                try starts.withUnsafeBufferPointer { starts in
                    try rowStarts.withUnsafeBufferPointer { rowStarts in
                        try tabulated.withUnsafeBufferPointer { tabulated in
                            try extents.lengths.withUnsafeBufferPointer {
                                try body(
                                    Bound(
                                        tables: drawn, panels: panels, starts: starts, rowStarts: rowStarts,
                                        tabulated: tabulated, lengths: $0))
                            }
                        }
                    }
                }
            }
        }
    }

    private func compute(
        _ phase: Phase, rows: Int, _ bound: Bound, _ progress: @Sendable (RunProgress) -> Void
    ) throws {
        guard let division = Division(phase, rows: rows, threads: program.threads) else { return }
        let (chunkRows, chunks, units) = (division.chunkRows, division.chunks, division.units)
        let (block, blocksPerChunk) = (division.block, division.blocksPerChunk)
        let arenas = Memory()
        let scratch = try arenas.allocate(program.threads, phase.scratch)
        let workers = try (0..<division.workers).map { number in
            Worker(
                phase, block: block, bound, addresses,
                arena: try arenas.allocate(1, phase.arena.elements(block: block)),
                scratch: scratch + 4 * number * division.hands * phase.scratch, hands: division.hands,
                extents: extents.byValue, poisonsPadding: program.poisonsPadding)
        }
        // They live as long as the phase.
        memory.count(arenas.peakBytes)
        defer { memory.count(-arenas.peakBytes) }
        let next = Atomic(0)
        let finished = Mutex((open: Array(repeating: blocksPerChunk, count: chunks), chunks: 0))
        DispatchQueue.concurrentPerform(iterations: workers.count) { number in
            let worker = workers[number]
            while worker.failure == nil {
                let unit = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard unit < units else { return }
                let chunk = unit / blocksPerChunk
                let start = chunk * chunkRows
                let first = start + unit % blocksPerChunk * block
                let end = min(rows, start + chunkRows, first + block)
                if first < end { worker.run(first..<end, opensChunk: first == start) }
                finished.withLock { state in
                    state.open[chunk] -= 1
                    guard state.open[chunk] == 0 else { return }
                    state.chunks += 1
                    progress(RunProgress(phase: phase.rows, done: state.chunks, total: chunks))
                }
            }
        }
        if let failure = workers.compactMap(\.failure).min(by: { $0.row < $1.row }) { throw failure.error }
        record.chunks[phase.rows, default: 0] += chunks
        let begun = workers.reduce(0) { $0 + $1.chunks }
        for name in phase.names { record.deviceSteps[name, default: 0] += begun }
    }
}
