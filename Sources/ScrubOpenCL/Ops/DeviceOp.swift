internal import ScrubCore
internal import ScrubOps

/// What an op adds on this floor: the kernels that a step of it needs, and how they are launched.
protocol DeviceOp: OpRule {
    /// The kernels of a step, in the order in which `launch` finds them in `Call.kernels`.
    func kernels(for step: StepTypes) throws(OpenCLError) -> [KernelSpec]

    /// A list of positions that the kernels read from a buffer; empty when they read none.
    func positions(for step: StepTypes) -> [Int]

    /// Enqueues the step for one chunk. Waits for nothing.
    func launch(_ call: Call, on stream: Stream) throws(OpenCLError)

    /// Kernels that stand for every one this op can ask for, for checks of limits: extreme shapes, each variant.
    static var samples: [KernelSpec] { get }
}

extension DeviceOp {
    func positions(for step: StepTypes) -> [Int] { [] }
}

/// What a step is, apart from rows and buffers.
struct StepTypes {
    /// The output's name, for errors.
    var name: String
    var inputs: [ValueType]
    /// Whether an input has no row axis.
    var constant: [Bool]
    var output: ValueType
    var product: OpenCLBackend.Product
    var precision: Precision
    var device: OpenCLDevice.Kind
    /// Whether inline PTX reaches tensor cores; without, kernels for them emulate them.
    var hasTensorCores: Bool
    /// How the kernel is made, where that was measured.
    var choice: KernelChoice?
    /// The inputs that are kept in half precision; gathers alone read such.
    var halved: Set<Int> = []
    /// What a product does besides.
    var epilogue = Epilogue()
}

/// One step for the rows of one chunk.
struct Call {
    var types: StepTypes
    /// The step's number in its plan, from 1: what kernels report bad indices under.
    var step: Int
    var rows: Int
    /// The first row's place among all rows of the phase.
    var firstRow: Int
    var inputs: [Operand]
    var output: Operand
    /// Numbers of kernels in the stream, as `DeviceOp.kernels` ordered them.
    var kernels: [Int]
    /// The list of `DeviceOp.positions`.
    var positions: Operand
    /// The index tables, one after another: the place of the chunk's first replicate in table 0, and entries from table
    /// to table.
    var tables: Operand
    /// Four integers that a kernel reports a bad index in: step, row, position, what was found.
    var status: Buffer
    /// Scratch memory of at least so many elements, shared by the steps of a run.
    var scratch: (_ elements: Int) throws(OpenCLError) -> Buffer

    /// Elements of one row of the output.
    var count: Int { types.output.shape.count }

    /// What `report` in common.cl takes.
    var reporting: [Stream.Argument] { [.buffer(status), .count(step), .count(firstRow)] }

    /// Launches an element-wise kernel over the output, whose arguments end with rows and count.
    func launchElements(_ arguments: [Stream.Argument], _ more: [Stream.Argument] = [], on stream: Stream)
        throws(OpenCLError)
    {
        try stream.launch(
            kernels[0], groups: stream.groups(rows: rows, count: count), value: types.name,
            arguments + [.count(rows), .count(count)] + more)
    }
}
