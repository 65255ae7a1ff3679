internal import CMicroKernels
internal import Dispatch
internal import ScrubPlan

/// One step, ready to run on a block of rows. There is one kind for each op, in `Ops/`, and one that looks up what
/// several of them would compute.
protocol Routine: Sendable {
    /// Floats of private memory that a run on any block needs.
    var scratch: Int { get }
    func run(_ frame: borrowing Frame)
}

extension Routine {
    var scratch: Int { 0 }
}

/// What a routine sees: one step's inputs and output on one block of rows.
struct Frame: ~Copyable {
    /// Rows of the block.
    let rows: Int
    /// The block's first row on its row axis.
    let first: Int
    let inputs: UnsafePointer<Operand>
    /// `[rows, axes]`, contiguous.
    let output: UnsafeMutableRawPointer
    let scratch: UnsafeMutablePointer<Float>
    let hands: Hands
    /// How far the output's positions are read; nil where all are.
    let reach: Reach?
    let bound: Bound
    let failure: Failure

    @inline(__always)
    func input(_ number: Int) -> Operand { inputs[number] }

    @inline(__always)
    var floats: UnsafeMutablePointer<Float> { output.assumingMemoryBound(to: Float.self) }

    /// How many of a row's positions, or what stands there, are to be computed.
    @inline(__always)
    func positions(_ row: Int, of all: Int) -> Int { reach.map { min(all, $0[first + row]) } ?? all }
}

/// How many positions of each row are read.
struct Reach {
    /// By datum, up to its padding.
    let lengths: UnsafePointer<Int32>
    /// The datum of a replicate; nil on the dataset axis.
    let table: UnsafePointer<Int32>?
    let beyond: Int
    let least: Int

    @inline(__always)
    subscript(row: Int) -> Int { max(least, Int(lengths[table.map { Int($0[row]) } ?? row]) + beyond) }
}

/// The threads that may work on one block, because there is no other for them, each with scratch memory of its own.
struct Hands {
    let count: Int
    /// Floats from the scratch memory of one to that of the next.
    let stride: Int

    /// Operations below which the threads would wait for each other longer than they save.
    private static let fewest = 4_000_000

    /// Runs every part, several at once where that pays; each computes another part of the output.
    ///
    /// - Parameters:
    ///   - operations: of all parts.
    ///   - body: is given the part, and how many there are.
    func share(_ operations: Int, _ body: (_ part: Int, _ parts: Int) -> Void) {
        guard count > 1, operations >= Self.fewest else { return body(0, 1) }
        withoutActuallyEscaping(body) { body in
            // Parts write to memory of their own, and end before this does.
            nonisolated(unsafe) let body = body
            // A thread that is started here inherits the mode, and may outlive the run.
            let mode = scrub_keep_subnormals()
            DispatchQueue.concurrentPerform(iterations: count) { part in
                let mode = scrub_flush_subnormals()
                body(part, count)
                scrub_set_float_mode(mode)
            }
            scrub_set_float_mode(mode)
        }
    }
}

/// An input of a step on one block: where its first row lies. What is read by a table may lie without padding; it is read
/// by `floats` alone.
struct Operand {
    let base: UnsafeMutableRawPointer
    /// Elements from one row to the next; 0 when every row reads the same.
    let stride: Int
    /// Where rows begin that are kept without padding.
    var starts: RowStarts?

    @inline(__always)
    func floats(_ row: Int) -> UnsafePointer<Float> {
        UnsafePointer(base.assumingMemoryBound(to: Float.self) + (starts?[row] ?? row * stride))
    }

    @inline(__always)
    func integers(_ row: Int) -> UnsafePointer<Int32> {
        UnsafePointer(base.assumingMemoryBound(to: Int32.self) + row * stride)
    }
}

/// What one run has bound, beside the operands: index tables and packed weights, by number of table, value and value, and
/// how long data are, by number of their tokens. Pointers, since every step of every thread reads them: counted references would be passed between the cores.
struct Bound {
    let tables: UnsafeBufferPointer<UnsafePointer<Int32>>
    let panels: UnsafeBufferPointer<Panels?>
    let starts: UnsafeBufferPointer<UnsafePointer<Float>?>
    /// By value.
    let rowStarts: UnsafeBufferPointer<RowStarts?>
    /// By number of the tabulation's entry.
    let tabulated: UnsafeBufferPointer<UnsafePointer<Float>?>
    let lengths: UnsafeBufferPointer<UnsafePointer<Int32>>
}

/// The first row of a block at which an index was out of range, kept by one worker.
final class Failure {
    private(set) var found: (input: Int, row: Int, value: Int, bound: Int)?

    func report(input: Int, row: Int, value: Int32, bound: Int) {
        if found.map({ row < $0.row }) ?? true { found = (input, row, Int(value), bound) }
    }
}
