internal import ScrubCore
internal import ScrubOps

/// One launch for every eight terms, in order; a launch after the first adds to what is there.
extension ResampleGather: DeviceOp {
    private static let mostTerms = 8

    static var samples: [KernelSpec] {
        [1, mostTerms].flatMap { terms in
            [0, 1].flatMap { adds in
                [0, 1].flatMap { listed in
                    [1, 4].flatMap { wide in
                        // As they are, and in half precision all but the last of several.
                        [0, terms == 1 ? 1 : (1 << (terms - 1)) - 1].map {
                            spec(terms: terms, adds: adds == 1, isListed: listed == 1, halved: $0, wide: wide)
                        }
                    }
                }
            }
        }
    }

    /// - Parameter halved: of each term a bit, 1 where it is kept in half precision.
    private static func spec(terms: Int, adds: Bool, isListed: Bool, halved: Int, wide: Int) -> KernelSpec {
        KernelSpec(
            "resample_gather",
            ["TERMS": terms, "ADDS": adds ? 1 : 0, "LISTED": isListed ? 1 : 0, "HALVED": halved, "WIDE": wide])
    }

    private var isListed: Bool { terms[0].positions != nil }
    /// Terms of each launch.
    private var launches: [Range<Int>] {
        stride(from: 0, to: terms.count, by: Self.mostTerms).map { $0..<min(terms.count, $0 + Self.mostTerms) }
    }

    /// Of each launch, the kernel that moves single elements and the one that moves four.
    func kernels(for step: StepTypes) -> [KernelSpec] {
        launches.flatMap { launch in
            let halved = launch.enumerated().reduce(0) { $0 | (step.halved.contains($1.element) ? 1 << $1.offset : 0) }
            return [1, 4].map {
                Self.spec(
                    terms: launch.count, adds: launch.lowerBound > 0, isListed: isListed, halved: halved, wide: $0)
            }
        }
    }

    /// Of each launch and term, the source of each position, or -1; then of each position whether an earlier launch
    /// wrote it.
    func positions(for step: StepTypes) -> [Int] {
        let length = terms[0].positions?.count ?? 1
        return launches.flatMap { launch -> [Int] in
            let lists = terms[launch].flatMap { term in term.positions?.map { $0 ?? -1 } ?? [0] }
            let written = (0..<length).map { place in
                terms[..<launch.lowerBound].contains { $0.positions.map { $0[place] != nil } ?? true } ? 1 : 0
            }
            return lists + written
        }
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let length = terms[0].positions?.count ?? 1
        let width = call.count / length
        let operands = call.inputs.map { ($0.offset, $0.stride) } + [(call.output.offset, call.count)]
        let isWide = width % 4 == 0 && operands.allSatisfy { $0.0 % 4 == 0 && $0.1 % 4 == 0 }
        var lists = call.positions
        for (number, launch) in launches.enumerated() {
            var arguments: [Stream.Argument] = [
                .buffer(call.tables.buffer), .offset(call.tables.offset), .place(lists), .place(call.output),
                .count(call.rows), .count(call.count), .count(width), .count(length),
            ]
            for term in launch {
                let table = terms[term].table.map { $0 * call.tables.stride } ?? -1
                arguments += [.input(call.inputs[term]), .count(table)]
            }
            try stream.launch(
                call.kernels[2 * number + (isWide ? 1 : 0)],
                groups: stream.groups(rows: call.rows, count: call.count / (isWide ? 4 : 1)), value: call.types.name,
                arguments)
            lists.offset += (launch.count + 1) * length
        }
    }
}
