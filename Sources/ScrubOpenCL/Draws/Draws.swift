internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// The draws of a run on its device: the classes, uploaded once, and the rows of one chunk at a time.
///
/// `Kernels/draws/draws.cl`. Tables whose parents are drawn are drawn together, so that there are as many launches as there are
/// generations.
final class Draws {
    static var samples: [KernelSpec] { [false, true].map(spec) }

    private static func spec(isWeighted: Bool) -> KernelSpec {
        KernelSpec("draws", ["WEIGHTED": isWeighted ? 1 : 0, "DRAW": DrawLayout.wordsOfDraw])
    }

    /// The kernel that makes some draws.
    static func spec(of draws: RowDraws) -> KernelSpec { spec(isWeighted: draws.isWeighted) }

    private let layout: DrawLayout
    /// What each draw is; classes; sums, where there are weights; slots.
    private let uploaded: [Buffer]
    private let context: Context
    /// The number of the kernel in the stream.
    private let kernel: Int
    /// The number under which the kernel reports table 0.
    private let firstStep: Int
    /// Rows of D of the tables that have children, `[parent, replicate]`, for the replicates of one chunk.
    private let drawn: Buffer
    /// Rows of the dataset axis, `[table, replicate]`, for the same.
    let tables: Buffer
    /// Replicates for which there is room.
    private(set) var capacity = 0

    /// Uploads the classes.
    ///
    /// - Parameters:
    ///   - draws: checked.
    ///   - kernel: the number in `stream` of `spec(of:)`.
    ///   - firstStep: the number under which the kernel reports table 0.
    init(_ draws: RowDraws, kernel: Int, firstStep: Int, on stream: Stream) throws(OpenCLError) {
        let layout = DrawLayout(draws)
        let context = stream.context
        func upload<Element: BitwiseCopyable>(_ parts: [[Element]], _ name: String) throws(OpenCLError) -> Buffer {
            let elements = MemoryLayout<Element>.stride / 4
            let buffer = try Buffer(bytes: parts.reduce(0) { $0 + $1.count } * elements * 4, for: name, in: context)
            var offset = 0
            for part in parts {
                try stream.write(part, to: buffer, at: offset)
                offset += part.count * elements
            }
            return buffer
        }
        var uploaded = [
            try upload([layout.words], "the draws"),
            try upload(draws.classes.flatMap(DrawLayout.integers), "the classes of draws"),
        ]
        if draws.isWeighted {
            uploaded.append(try upload(draws.classes.compactMap(\.weights?.cumulative), "the weights of draws"))
        }
        uploaded.append(try upload([draws.slots], "the rows of draws"))
        self.layout = layout
        self.uploaded = uploaded
        self.context = context
        self.kernel = kernel
        self.firstStep = firstStep
        drawn = try Buffer(bytes: 0, for: "the rows drawn", in: context)
        tables = try Buffer(bytes: 0, for: "the index tables", in: context)
    }

    /// Bytes of all buffers.
    var bytes: Int { (uploaded + [drawn, tables]).reduce(0) { $0 + $1.bytes } }

    /// What `bytes` are with room for so many replicates; nil where a buffer would be larger than the device grants.
    static func bytes(_ draws: RowDraws, capacity: Int, on device: OpenCLDevice) -> Int? {
        let layout = DrawLayout(draws)
        let sums = draws.classes.reduce(0) { $0 + ($1.weights?.cumulative.count ?? 0) }
        let integers = draws.classes.reduce(0) { $0 + DrawLayout.integerCount($1) }
        let buffers =
            [layout.words.count * 8, integers * 4, draws.slots.count * 4] + (draws.isWeighted ? [sums * 8] : [])
            + [layout.parents * capacity * 4, draws.draws.count * capacity * 4]
        if buffers.contains(where: { $0 > device.largestAllocation }) { return nil }
        return buffers.reduce(0) { $0 + max(4, $1) }
    }

    /// Makes room for so many replicates. No chunk is in flight.
    func reserve(_ replicates: Int) throws(OpenCLError) {
        if replicates <= capacity { return }
        capacity = replicates
        try drawn.replace(bytes: layout.parents * replicates * 4, for: "the rows drawn", in: context)
        try tables.replace(bytes: layout.tables * replicates * 4, for: "the index tables", in: context)
    }

    /// Enqueues the draws of `count` replicates from `first` on. Waits for nothing.
    ///
    /// - Parameters:
    ///   - firstRow: what the first of them is reported as.
    ///   - status: where the kernel reports a replicate for which there is nothing to draw.
    func launch(
        _ count: Int, from first: UInt64, seed: UInt64, firstRow: Int, status: Buffer, on stream: Stream
    ) throws(OpenCLError) {
        for generation in layout.generations {
            try stream.launch(
                kernel, groups: generation.count * ((count + 63) / 64), value: "draws",
                uploaded.map { .buffer($0) } + [
                    .buffer(drawn), .buffer(tables), .buffer(status), .count(firstStep), .count(firstRow),
                    .count(generation.lowerBound), .count(count), .count(capacity), .bits(first), .bits(seed),
                ])
        }
    }
}

extension RowDraws {
    var isWeighted: Bool { classes.contains { $0.weights != nil } }
}
