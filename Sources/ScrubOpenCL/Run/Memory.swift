internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// The device buffers of one run, and where each value lies in them.
final class Memory {
    private let context: Context
    private let plan: Plan
    /// Bound inputs and kept values, by value number: `[rows, axes]`, or `[axes]` where constant.
    private var resident: [Int: Buffer] = [:]
    private let prepared: OpenCLPreparedPlan
    private let arena: Buffer
    private let tables: Buffer
    private var replicates = 0
    /// What draws rows here, where the run was told how they are drawn.
    let draws: Draws?
    let positions: Buffer
    let staging: Buffer
    private let stagingPlan: Staging
    private var scratch: Buffer?
    /// Bytes allocated now, and the most there ever were.
    private(set) var bytes = 0
    private(set) var peakBytes = 0

    /// Allocates what the dataset axis needs, and uploads inputs and lists.
    init(_ prepared: OpenCLPreparedPlan, _ data: DatasetBindings, _ staging: Staging, on stream: Stream)
        throws(OpenCLError)
    {
        let (plan, context) = (prepared.launched, prepared.context)
        var bytes = 0
        func allocate(_ elements: Int, _ name: String) throws(OpenCLError) -> Buffer {
            let buffer = try Buffer(bytes: elements * 4, for: name, in: context)
            bytes += buffer.bytes
            return buffer
        }
        self.plan = plan
        self.context = context
        self.prepared = prepared
        arena = try allocate(0, "the arena of a chunk")
        tables = try allocate(0, "the index tables")
        self.staging = try allocate(Staging.statusElements, "the roots of a chunk")
        stagingPlan = staging
        try stream.write([Int32](repeating: 0, count: Staging.statusElements), to: self.staging)

        var resident: [Int: Buffer] = [:]
        for input in plan.inputs {
            guard let tensor = data.inputs[input.source] else { continue }
            let buffer = try allocate(tensor.count, "\(input.source)")
            switch tensor.elements {
            case .float32(let elements): try stream.write(elements, to: buffer)
            case .int32(let elements): try stream.write(elements, to: buffer)
            }
            resident[input.value] = buffer
        }
        for value in plan.kept where resident[value] == nil {
            let elements = data.rows * plan.values[value].type.shape.count
            resident[value] = try allocate(prepared.halved.words(elements, of: value), plan.values[value].name)
        }
        self.resident = resident

        positions = try allocate(prepared.positions.count, "the lists of positions")
        try stream.write(prepared.positions, to: positions)
        draws = try data.draws.map { (draws) throws(OpenCLError) in
            try Draws(draws, kernel: prepared.programs.count, firstStep: plan.steps.count + 1, on: stream)
        }
        bytes += draws?.bytes ?? 0
        self.bytes = bytes
        peakBytes = bytes
    }

    /// Makes the arena and the staging region large enough for chunks of `rows` rows. No chunk is in flight.
    ///
    /// - Parameter drawing: whether their rows are drawn.
    func reserve(_ phase: Rows, rows: Int, draws drawing: Bool, on stream: Stream) throws(OpenCLError) {
        if phase == .replicates, drawing, let draws {
            bytes -= draws.bytes
            try draws.reserve(rows)
            bytes += draws.bytes
            peakBytes = max(peakBytes, bytes)
        }
        try grow(arena, to: prepared.layout(phase).elementsPerRow * rows, "the arena of a chunk")
        if try grow(staging, to: stagingPlan.elements(of: phase, rows: rows), "the roots of a chunk") {
            try stream.write([Int32](repeating: 0, count: Staging.statusElements), to: staging)
        }
    }

    /// Uploads index tables, one after another.
    func bind(_ rows: [[Int32]], on stream: Stream) throws(OpenCLError) {
        replicates = rows.first?.count ?? 0
        try grow(tables, to: rows.count * replicates, "the index tables")
        for (number, rows) in rows.enumerated() { try stream.write(rows, to: tables, at: number * replicates) }
    }

    /// Makes room for so many elements, if there is less; whether it did.
    @discardableResult
    private func grow(_ buffer: Buffer, to elements: Int, _ name: String) throws(OpenCLError) -> Bool {
        if buffer.bytes >= elements * 4 { return false }
        bytes -= buffer.bytes
        try buffer.replace(bytes: elements * 4, for: name, in: context)
        bytes += buffer.bytes
        peakBytes = max(peakBytes, bytes)
        return true
    }

    /// Where a value lies for the rows of a chunk.
    ///
    /// A kept value is written where it is kept, a root where it is read back, every other step's output in the arena, what is
    /// kept in half precision too.
    func place(_ value: Int, in chunk: Chunk) -> Operand {
        let count = plan.values[value].type.shape.count
        let isRounded = chunk.phase == .dataset && prepared.halved.values.contains(value)
        if !isRounded, let buffer = resident[value] {
            switch plan.values[value].rows {
            case .constant: return Operand(buffer: buffer, offset: 0, stride: 0)
            // A gather on the replicate axis picks its rows out of all.
            case .dataset where chunk.phase == .replicates: return Operand(buffer: buffer, offset: 0, stride: count)
            case .dataset, .replicates: return Operand(buffer: buffer, offset: chunk.start * count, stride: count)
            }
        }
        if let offset = stagingPlan.offset(of: value, in: chunk.phase, rows: chunk.rows) {
            return Operand(buffer: staging, offset: offset, stride: count)
        }
        let offset = prepared.layout(chunk.phase).offsets[value] ?? 0
        return Operand(buffer: arena, offset: offset * chunk.rows, stride: count)
    }

    /// Where the rows of a chunk are kept in half precision; nil for a value that is not.
    func halvedPlace(_ value: Int, in chunk: Chunk) -> Operand? {
        guard prepared.halved.values.contains(value), let buffer = resident[value] else { return nil }
        let count = plan.values[value].type.shape.count
        return Operand(buffer: buffer, offset: chunk.start * count, stride: count)
    }

    /// The tables' entries from the chunk's first replicate on.
    ///
    /// - Parameter drawn: whether they were drawn here, for this chunk alone.
    func tables(in chunk: Chunk, drawn: Bool) -> Operand {
        if drawn, let draws { return Operand(buffer: draws.tables, offset: 0, stride: draws.capacity) }
        return Operand(buffer: tables, offset: chunk.start, stride: replicates)
    }

    /// Scratch for a library; steps follow each other on one queue, so they share it.
    func scratch(elements: Int) throws(OpenCLError) -> Buffer {
        if let scratch, scratch.bytes >= elements * 4 { return scratch }
        let larger = try Buffer(bytes: elements * 4, for: "scratch for a product", in: context)
        // The old one lives until the commands that use it are complete, so both count.
        peakBytes = max(peakBytes, bytes + larger.bytes)
        bytes += larger.bytes - (scratch?.bytes ?? 0)
        scratch = larger
        return larger
    }

    /// The staged roots of a phase that are kept too, which must be copied to where they are read back.
    func copies(_ chunk: Chunk) -> [(from: Operand, to: Operand, elements: Int)] {
        stagingPlan.values(of: chunk.phase).filter { resident[$0] != nil }.compactMap { value in
            let count = plan.values[value].type.shape.count
            return stagingPlan.offset(of: value, in: chunk.phase, rows: chunk.rows).map {
                (place(value, in: chunk), Operand(buffer: staging, offset: $0, stride: count), chunk.rows * count)
            }
        }
    }
}
