package import ScrubCore

/// The classes of equal feature values on a device, which draws from them what the host draws, row for row.
///
/// `Kernels/draws/draws.cl`. Runs bind tables that the host drew: no run uses this yet.
package struct Draws {
    /// What `ClassIndex` holds, in its own order.
    package struct Classes {
        var classOf: [Int32]
        var offsets: [Int]
        var rows: [Int32]
        var weights: (cumulative: [Double], guide: [Int32])?

        /// - Parameters:
        ///   - classOf: by row, the number of its class.
        ///   - offsets: by class, where its members begin in `rows`; then how many rows there are.
        ///   - rows: the members of each class, in dataset order.
        ///   - weights: running sums of the members' weights inside each class, and the guide to them; both aligned with
        ///     `rows`.
        package init(
            classOf: [Int32], offsets: [Int], rows: [Int32], weights: (cumulative: [Double], guide: [Int32])? = nil
        ) {
            self.classOf = classOf
            self.offsets = offsets
            self.rows = rows
            self.weights = weights
        }
    }

    static var samples: [KernelSpec] {
        [0, 1].flatMap { given in [0, 1].map { spec(isGiven: given == 1, isWeighted: $0 == 1) } }
    }

    private static func spec(isGiven: Bool, isWeighted: Bool) -> KernelSpec {
        KernelSpec("draws", ["GIVEN": isGiven ? 1 : 0, "WEIGHTED": isWeighted ? 1 : 0])
    }

    private let stream: Stream
    private let context: Context
    /// Class of each row, offsets, rows; then sums and guide where there are weights.
    private let tables: [Buffer]
    private let rowCount: Int

    /// Uploads the classes.
    ///
    /// - Throws: also `OpenCLError.build`, where members have weights and the device has no double precision.
    package init(_ classes: Classes, on backend: OpenCLBackend) throws(OpenCLError) {
        let isWeighted = classes.weights != nil
        context = backend.context
        rowCount = classes.classOf.count
        let stream = try Stream(
            context,
            programs: [
                try backend.program(Self.spec(isGiven: false, isWeighted: isWeighted)),
                try backend.program(Self.spec(isGiven: true, isWeighted: isWeighted)),
            ])
        let context = backend.context
        func upload<Element: BitwiseCopyable>(_ elements: [Element]) throws(OpenCLError) -> Buffer {
            let bytes = elements.count * MemoryLayout<Element>.stride
            let buffer = try Buffer(bytes: bytes, for: "a class index", in: context)
            try stream.write(elements, to: buffer)
            return buffer
        }
        var tables = [
            try upload(classes.classOf), try upload(classes.offsets.map { Int32(clamping: $0) }),
            try upload(classes.rows),
        ]
        if let weights = classes.weights { tables += [try upload(weights.cumulative), try upload(weights.guide)] }
        self.tables = tables
        self.stream = stream
    }

    /// One row for each of `count` consecutive replicates; -1 where a class has no weight.
    ///
    /// - Parameters:
    ///   - given: for each replicate the row that the one drawn is to be like; nil for an unconditional draw, like row 0.
    ///   - count: how many replicates.
    ///   - first: the first replicate.
    ///   - bits: the draw's random bits.
    package func rows(
        like given: [Int32]?, count: Int, from first: UInt64, of bits: RandomStream
    ) throws(OpenCLError) -> [Int32] {
        precondition(given.map { $0.count == count } ?? true, "one row drawn for each given")
        precondition(given?.allSatisfy { (0..<rowCount).contains(Int($0)) } ?? true, "given rows are rows")
        if count == 0 { return [] }
        let drawn = try Buffer(bytes: count * 4, for: "draws", in: context)
        var arguments = tables.map { Stream.Argument.buffer($0) }
        if let given {
            let buffer = try Buffer(bytes: count * 4, for: "the rows given", in: context)
            try stream.write(given, to: buffer)
            arguments.append(.buffer(buffer))
        }
        arguments += [.buffer(drawn), .count(count), .bits(first), .bits(bits.key), .bits(bits.seed)]
        try stream.launch(given == nil ? 0 : 1, groups: (count + 63) / 64, value: "draws", arguments)
        let memory = UnsafeMutableBufferPointer<Int32>.allocate(capacity: count)
        defer { memory.deallocate() }
        try stream.read(drawn, into: UnsafeMutableRawBufferPointer(memory)).wait()
        return Array(memory)
    }
}
