import Scrubjay

/// The cases that stand beside PyTorch's.
extension KernelCase {
    /// Sums of rows of one source or eight, each picked by a table of its own; kept as they are, and in half precision.
    static func resampleGathers(_ sizes: KernelSizes) -> [KernelCase] {
        let whole = [768, 4096].flatMap { width in
            [1, 8].map { sources in
                let name = "resample-gather/\(sources)x\(width)"
                return gathers(name, [Axis(.model, width)], sources: sources, sizes) { .resampleGather(sum(of: $0)) }
            }
        }
        return whole
            + whole.map { measured in
                var halved = measured
                (halved.name, halved.storage) = ("\(measured.name)/f16", .f16)
                return halved
            }
    }

    static func sum(of tables: [Int]) -> ResampleGather {
        ResampleGather(tables.map { ResampleGather.Term(table: $0) })
    }

    /// Rows of sources that together are as large as `sizes` says, so that a row is seldom met twice while a cache has it.
    static func gathers(
        _ name: String, _ shape: Shape, sources: Int, _ sizes: KernelSizes, _ op: @escaping ([Int]) -> Op
    ) -> KernelCase {
        let bytes = 4 * shape.count
        let rows = max(1, sizes.sourceBytes / sources / bytes)
        // A table serves as many steps as there are others first.
        let tables = max(4, sources)
        return KernelCase(
            name, (0..<sources).map { _ in .picked(shape, rows: rows) },
            replicates: min(rows, sizes.rows(of: (sources + 1) * bytes)), tables: tables
        ) { step in op((0..<sources).map { ($0 + step) % tables }) }
    }

    /// A square product, and those of GPT-2 small: its MLP there and back, its square maps, and what a head reads.
    static func products(_ sizes: KernelSizes) -> [KernelCase] {
        let side = sizes.square
        let shapes = [
            (max(1, side / 128), Axis(.model, side), Axis(.neuron, side)),
            (sizes.sequences, Axis(.model, 768), Axis(.neuron, 3072)),
            (sizes.sequences, Axis(.neuron, 3072), Axis(.model, 768)),
            (sizes.sequences, Axis(.model, 768), Axis(.head, 768)),
            (sizes.sequences, Axis(.model, 768), Axis(.head, 64)),
        ]
        return shapes.map { data, from, to in
            KernelCase(
                "product/\(data * 128)x\(from.count)x\(to.count)", .linear(Linear()),
                [.row([Axis(.position, 128), from]), .constant([from, to])], replicates: data)
        }
    }

    /// A step for each head: the same number of them is one figure.
    static func attention(_ sizes: KernelSizes) -> KernelCase {
        let (rows, heads, positions) = sizes.attention
        let shape: Shape = [Axis(.position, positions), Axis(.head, 64)]
        var attention = KernelCase(
            "attention/\(rows)x\(heads)x\(positions)x64 causal", .attention(Attention(causal: true, scale: 0.125)),
            [.row(shape), .row(shape), .row(shape)], replicates: rows)
        // Pairs that take part, as for the CPU: a product of queries and keys and one of weights and values.
        attention.operations = 4 * Double(positions * (positions + 1) / 2 * 64 * rows)
        return attention
    }
}
