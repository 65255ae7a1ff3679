import ScrubCore
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Testing

/// One small transformer, from tokens to a loss on resampled rows, against the same in float64.
@Suite struct PlanTests {
    let rows = 7, length = 5, vocabulary = 6, width = 6, head = 3, logits = 4
    let table: [Int32] = [3, 0, 6, 6, 1, 2, 5, 4, 0, 3]

    func weight(_ name: String, _ count: Int) -> [Float] { numbers(count, seed: Digest(name).prefix64) }

    func sketch(chunks: Chunks) throws -> Sketch {
        var s = Sketch()
        s.plan.chunks = chunks
        let (p, m, h, l) = (Axis(.position, length), Axis(.model, width), Axis(.head, head), Axis(.logit, logits))
        func tensor(_ name: String, _ shape: Shape) -> Int {
            s.bind(.weight(name, slice: nil), shape, HostTensor(shape.axes.map(\.count), weight(name, shape.count)))
        }
        let tokens = s.bind(
            .column("tokens"), [p], HostTensor([rows, length], integers(rows * length, below: vocabulary, seed: 1)))
        let labels = s.bind(
            .column("labels"), [p], HostTensor([rows, length], integers(rows * length, below: logits, seed: 2)))
        let x = try s.step(
            "x", .embed(Embed()),
            [tokens, tensor("W_E", [Axis(.vocabulary, vocabulary), m]), tensor("W_pos", [p, m])], root: true)
        let normed = try s.step("n", .layerNorm(LayerNorm(epsilon: 1e-5)), [x, tensor("w", [m]), tensor("b", [m])])
        let mask = try s.step("mask", .paddingMask(PaddingMask(token: 0)), [tokens])
        let gathered = try [x, normed, mask, labels].map { value in
            try s.step("gathered \(value)", .gather(Gather(table: 0)), [value])
        }
        let heads = try ["Q", "K", "V"].map { name in
            try s.step(name, .linear(Linear()), [gathered[1], tensor("W_\(name)", [m, h]), tensor("b_\(name)", [h])])
        }
        let z = try s.step("z", .attention(Attention(causal: true, scale: 0.5)), heads + [gathered[2]])
        let out = try s.step("out", .linear(Linear()), [z, tensor("W_O", [h, m])])
        let stream = try s.step("stream", .sum(Sum()), [gathered[0], out, tensor("b_O", [m])])
        let scores = try s.step("logits", .linear(Linear()), [stream, tensor("W_U", [m, l])], root: true)
        _ = try s.step(
            "loss", .crossEntropy(CrossEntropy()), [scores, gathered[3], tensor("weights", [p])], root: true)
        return s
    }

    /// Logits and loss of one row.
    func expected(row: Int) -> (logits: Reference.Matrix, loss: Double) {
        let tokens = integers(rows * length, below: vocabulary, seed: 1)[row * length..<(row + 1) * length].map(
            Int.init)
        let labels = integers(rows * length, below: logits, seed: 2)[row * length..<(row + 1) * length].map(Int.init)
        func matrix(_ name: String, _ a: Int, _ b: Int) -> Reference.Matrix { Reference.matrix(weight(name, a * b), b) }
        func vector(_ name: String, _ a: Int) -> [Double] { weight(name, a).map(Double.init) }
        let embedding = matrix("W_E", vocabulary, width)
        let x = Reference.sum(tokens.map { embedding[$0] }, matrix("W_pos", length, width))
        let n = Reference.layerNorm(x, vector("w", width), vector("b", width), epsilon: 1e-5)
        let heads = ["Q", "K", "V"].map {
            Reference.product(n, matrix("W_\($0)", width, head), plus: vector("b_\($0)", head))
        }
        let z = Reference.attention(heads[0], heads[1], heads[2], mask: tokens.map { $0 == 0 ? 0 : 1 }, scale: 0.5)
        let out = Reference.product(z, matrix("W_O", head, width), plus: vector("b_O", width))
        let scores = Reference.product(Reference.sum(x, out), matrix("W_U", width, logits))
        let weights = vector("weights", length)
        let loss = scores.indices.reduce(0) { $0 + weights[$1] * Reference.crossEntropy(scores[$1], labels[$1]) }
        return (scores, loss)
    }

    @Test(arguments: [OpenCLBackend.Product.own, .clblast, .automatic])
    func aSmallTransformerAgreesWithFloat64(product: OpenCLBackend.Product) throws {
        let backend = try OpenCLBackend(device: #require(device), product: product)
        let sketch = try sketch(chunks: Chunks(dataset: 3, replicates: 4))
        let result = try sketch.run(on: backend, rows: rows, tables: [table])
        let (scores, loss) = try (#require(result.roots["logits"]), #require(result.roots["loss"]))
        #expect(scores.sizes == [table.count, length, logits] && loss.sizes == [table.count])
        for (replicate, row) in table.enumerated() {
            let (expectedLogits, expectedLoss) = expected(row: Int(row))
            let found = try #require(scores.floats)[replicate * length * logits..<(replicate + 1) * length * logits]
            for (a, b) in zip(found, expectedLogits.joined()) { #expect(abs(Double(a) - b) < 2e-6 * (1 + abs(b))) }
            let foundLoss = try Double(#require(loss.floats)[replicate])
            #expect(abs(foundLoss - expectedLoss) < 2e-6 * (1 + abs(expectedLoss)))
        }
        #expect(result.roots["x"]?.sizes == [rows, length, width])
    }

    @Test func aChunkIsReadBackOnceAndEveryStepRunsOnTheDevice() throws {
        let backend = try OpenCLBackend(device: #require(device), product: .own)
        let sketch = try sketch(chunks: Chunks(dataset: 3, replicates: 4))
        let record = try sketch.run(on: backend, rows: rows, tables: [table]).record
        #expect(record.readBacksPerChunk == 1)
        #expect(record.chunks == [.dataset: 3, .replicates: 3])
        #expect(record.hostSteps.isEmpty)
        #expect(
            record.deviceSteps == [
                "embed": 3, "layerNorm": 3, "paddingMask": 3, "gather": 12, "linear": 15, "attention": 3, "sum": 3,
                "crossEntropy": 3,
            ])
        #expect(record.kernelLaunches == record.deviceSteps.values.reduce(0, +))
        #expect(record.peakBytes > 0)
    }

    @Test func chunksDoNotChangeResults() throws {
        let backend = try OpenCLBackend(device: #require(device), product: .own)
        let small = try sketch(chunks: Chunks(dataset: 1, replicates: 1)).run(on: backend, rows: rows, tables: [table])
        let large = try sketch(chunks: Chunks(dataset: 99, replicates: 99)).run(
            on: backend, rows: rows, tables: [table])
        #expect(small.roots == large.roots)
    }
}
