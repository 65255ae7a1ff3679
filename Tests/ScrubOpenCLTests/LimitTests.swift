import ScrubCore
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Testing

@Suite struct LimitTests {
    @Test func aTokenThatNamesNothingIsAnErrorThatPointsToIt() throws {
        let backend = try OpenCLBackend(device: #require(device))
        var sketch = Sketch()
        let (p, m) = (Axis(.position, 2), Axis(.model, 1))
        let tokens = sketch.bind(.column("tokens"), [p], HostTensor([3, 2], [0, 1, 1, 0, 0, 9] as [Int32]))
        let table = sketch.bind(
            .weight("W_E", slice: nil), [Axis(.vocabulary, 2), m], HostTensor([2, 1], [Float(1), 2]))
        let places = sketch.bind(.weight("W_pos", slice: nil), [p, m], HostTensor([2, 1], [Float(3), 4]))
        _ = try sketch.step("embed", .embed(Embed()), [tokens, table, places], root: true)
        sketch.plan.chunks.dataset = 2
        #expect(throws: OpenCLError.index(value: "embed", row: 2, position: 1, found: 9)) {
            try sketch.run(on: backend, rows: 3)
        }
    }

    /// Of a part of the replicates, whichever they are.
    @Test func theRowOfAnErrorIsCountedFromTheFirstOfAllParts() throws {
        let backend = try OpenCLBackend(device: #require(device))
        var sketch = Sketch()
        let classes = sketch.bind(.column("classes"), .scalar, HostTensor([2], [0, 7] as [Int32]))
        let table = sketch.bind(.statistic("table"), [Axis(.group, 2)], HostTensor([2], [Float(1), 2]))
        let gathered = try sketch.step("gathered", .gather(Gather(table: 0)), [classes])
        _ = try sketch.step("of class", .lookup(Lookup()), [gathered, table], root: true)
        let rows: [Int32] = [0, 0, 0, 0, 0, 0, 0, 1, 1]
        for all in [backend, SeveralBackends(backend, [backend, backend])] as [any Backend] {
            #expect(throws: OpenCLError.index(value: "of class", row: 7, position: 0, found: 7)) {
                try all.prepare(sketch.plan).run(
                    Bindings(datasetRows: 2, replicates: 9, inputs: sketch.bound, tables: [rows]))
            }
        }
    }

    @Test(arguments: [Int32(-1), 2, .max]) func aClassThatNamesNothingIsAnErrorThatPointsToIt(index: Int32) throws {
        let backend = try OpenCLBackend(device: #require(device))
        var sketch = Sketch()
        let classes = sketch.bind(.column("classes"), .scalar, HostTensor([3], [0, 1, index]))
        let table = sketch.bind(
            .statistic("table"), [Axis(.group, 2), Axis(.model, 2)], HostTensor([2, 2], [Float(1), 2, 3, 4]))
        _ = try sketch.step("of class", .lookup(Lookup()), [classes, table], root: true)
        #expect(throws: OpenCLError.index(value: "of class", row: 2, position: 0, found: Int(index))) {
            try sketch.run(on: backend, rows: 3)
        }
    }

    @Test(arguments: [Float(0), 1])
    func aLabelThatNamesNothingIsAnErrorWhereItWeighs(weight: Float) throws {
        let backend = try OpenCLBackend(device: #require(device))
        var sketch = Sketch()
        let p = Axis(.position, 2)
        let logits = sketch.bind(
            .column("logits"), [p, Axis(.logit, 2)], HostTensor([1, 2, 2], [Float](repeating: 0, count: 4)))
        let labels = sketch.bind(.column("labels"), [p], HostTensor([1, 2], [1, -100] as [Int32]))
        let weights = sketch.bind(.statistic("weights"), [p], HostTensor([2], [1, weight]))
        _ = try sketch.step("loss", .crossEntropy(CrossEntropy()), [logits, labels, weights], root: true)
        if weight == 0 {
            let loss = try sketch.run(on: backend, rows: 1).roots["loss"]?.floats?.first
            #expect(try abs(#require(loss) - 0.693_147_18) < 1e-6)
        } else {
            #expect(throws: OpenCLError.index(value: "loss", row: 0, position: 1, found: -100)) {
                try sketch.run(on: backend, rows: 1)
            }
        }
    }

    @Test func aValueTooLargeForOneAllocationIsNamedWithItsBytesAndTheLimit() throws {
        let device = try #require(device)
        let rows = 1 << 16
        let positions = [Int](repeating: 0, count: device.largestAllocation / (4 * rows) + 1)
        var sketch = Sketch()
        let x = sketch.bind(
            .column("x"), [Axis(.position, 1)], HostTensor([rows, 1], [Float](repeating: 1, count: rows)))
        let wide = try sketch.step("wide", .selectPositions(SelectPositions(positions)), [x])
        _ = try sketch.step("y", .gather(Gather(table: 0)), [wide])
        sketch.plan.chunks = Chunks(dataset: 1, replicates: 1)
        let bytes = 4 * rows * positions.count
        let backend = try OpenCLBackend(device: device)
        #expect(throws: OpenCLError.tooLarge(value: "wide", bytes: bytes, limit: device.largestAllocation)) {
            try sketch.run(on: backend, rows: rows)
        }
    }
}
