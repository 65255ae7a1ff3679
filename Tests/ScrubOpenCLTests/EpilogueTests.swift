import ScrubCore
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Testing

/// A product that applies an activation, or adds what is there, gives what the product and that step give apart, bit for bit.
@Suite struct EpilogueTests {
    enum Step: CaseIterable {
        case relu, gelu, geluTanh, added, addedTo, twoProducts, twice

        static let few: [Step] = [.geluTanh, .added]
    }

    /// - Parameter isApart: whether the product is returned too, so that it must be there.
    func sketch(_ step: Step, inner: Int, columns: Int, isApart: Bool) throws -> Sketch {
        let (rows, p) = (6, Axis(.position, 11))
        let (shape, out): (Shape, Shape) = ([p, Axis(.model, inner)], [p, Axis(.neuron, columns)])
        var s = Sketch()
        s.plan.chunks = Chunks(dataset: 4, replicates: 4)
        func column(_ name: String, _ shape: Shape) -> Int {
            let tensor = HostTensor(
                [rows] + shape.axes.map(\.count), numbers(rows * shape.count, seed: Digest(name).prefix64))
            return s.bind(.column(name), shape, tensor)
        }
        func weight(_ name: String, _ shape: Shape) -> Int {
            let tensor = HostTensor(shape.axes.map(\.count), numbers(shape.count, seed: Digest(name).prefix64))
            return s.bind(.weight(name, slice: nil), shape, tensor)
        }
        let w: Shape = [Axis(.model, inner), Axis(.neuron, columns)]
        func product(_ name: String, biased: Bool) throws -> Int {
            let inputs = [column("x\(name)", shape), weight("W\(name)", w)]
            return try s.step(
                "product\(name)", .linear(Linear()),
                inputs + (biased ? [weight("b\(name)", [Axis(.neuron, columns)])] : []), root: isApart)
        }
        let biased = step != .added && step != .gelu
        let made = try product("", biased: biased)
        func last(_ op: Op, _ inputs: [Int]) throws { _ = try s.step("y", op, inputs, root: true) }
        switch step {
        case .relu: try last(.activation(Activation(.relu)), [made])
        case .gelu: try last(.activation(Activation(.gelu)), [made])
        case .geluTanh: try last(.activation(Activation(.geluTanh)), [made])
        case .added: try last(.sum(Sum()), [column("other", out), made])
        case .addedTo: try last(.sum(Sum()), [made, column("other", out)])
        case .twoProducts: try last(.sum(Sum()), [made, try product("2", biased: false)])
        case .twice: try last(.sum(Sum()), [made, made])
        }
        return s
    }

    func expectSame(_ step: Step, _ backend: OpenCLBackend, _ about: String) throws {
        for (inner, columns) in [(17, 33), (32, 36)] {
            let found = try [true, false].map { isApart in
                let sketch = try sketch(step, inner: inner, columns: columns, isApart: isApart)
                let prepared = try backend.prepare(sketch.plan)
                let data = Bindings(datasetRows: 6, replicates: 0, inputs: sketch.bound, tables: [[]])
                let result = try prepared.run(data)
                #expect(result.record.peakBytes == prepared.peakBytes(datasetRows: 6, replicates: 0))
                let chunks = 2
                let launches = step == .twoProducts ? 3 : 2
                let isOne = !isApart && step != .twice && backend.product != .clblast
                if backend.product != .clblast {
                    #expect(result.record.kernelLaunches == chunks * (launches - (isOne ? 1 : 0)), "\(about)")
                }
                #expect(result.record.deviceSteps["linear"] == chunks * (step == .twoProducts ? 2 : 1))
                #expect(result.record.deviceSteps.values.reduce(0, +) == chunks * launches)
                return try #require(result.roots["y"]?.floats).map(\.bitPattern)
            }
            #expect(found[0] == found[1], "\(about), \(inner) into \(columns)")
        }
    }

    @Test(arguments: Step.allCases) func asIsStandard(step: Step) throws {
        try expectSame(step, OpenCLBackend(device: #require(device)), "\(step)")
    }

    @Test(arguments: Step.few) func withTilesInLocalMemory(step: Step) throws {
        let tiles = ["LOCAL": 1, "ACROSS": 4, "DOWN": 4, "TM": 2, "TN": 2, "VECTOR": 4, "BK": 8]
        let backend = try OpenCLBackend(device: #require(device))
        try expectSame(step, backend.choosing(.own(tiles), for: .linear), "\(step)")
    }

    /// Emulated here: what a warp makes and where it stores it.
    @Test(arguments: Step.few) func onTensorCores(step: Step) throws {
        let tiles = ["DOWN": 1, "ACROSS": 1, "TM": 1, "DEPTH": 8, "STAGES": 2]
        let backend = try OpenCLBackend(device: #require(device), precision: .tf32)
        try expectSame(step, backend.choosing(.tensorCores(tiles), for: .linear), "\(step)")
    }

    /// CLBlast's kernels take none.
    @Test func ofALibrary() throws {
        try expectSame(.relu, OpenCLBackend(device: #require(device), product: .clblast), "CLBlast")
    }
}
