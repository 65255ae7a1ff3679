import ScrubCPU
import ScrubConformance
import ScrubCore
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Synchronization
import Testing

/// Several backends as one.
struct SeveralBackendsTests {
    private struct Lost: Error, Equatable { let number: Int }

    private let silent: @Sendable (RunProgress) -> Void = { _ in }

    /// A sum of a column with itself, gathered.
    private static let sum: ConformanceCase? = ConformanceSuite.cases.first { $0.name == "sum: two values of 3 by 17" }

    private func plan() throws -> (plan: Plan, data: DatasetBindings) {
        let judged = try #require(Self.sum)
        let plan = try #require(judged.placements.map(\.plan).first { !$0.steps(on: .replicates).isEmpty })
        return (plan, judged.bindings()[0].data)
    }

    private func tables(_ plan: Plan, _ count: Int) -> [[Int32]] {
        plan.tables.map { _ in [Int32](repeating: 0, count: count) }
    }

    @Test("CPUs of several threads pass every case, bit for bit in every chunk size")
    func cpus() throws {
        let others: [any Backend] = [CPUBackend(threads: 2), CPUBackend(threads: 3)]
        let outcomes = try ConformanceSuite.run(on: SeveralBackends(CPUBackend(threads: 1), others))
        #expect(outcomes.filter { !$0.passed }.map(\.description) == [])
        #expect(outcomes.filter { !$0.sameBits }.map(\.name) == [])
        #expect(outcomes.filter { !$0.hostSteps.isEmpty }.map(\.name) == [])
    }

    @Test("one OpenCL device twice, and a CPU, pass every case of plans and models")
    func unlike() throws {
        guard let device = try OpenCLDevice.all().first else { return }
        let backend = try OpenCLBackend(device: device)
        let others: [any Backend] = [backend, CPUBackend(threads: 1)]
        let several = SeveralBackends(backend, others)
        let outcomes = try ConformanceSuite.run(on: several, only: ["plan", "model", "gather"])
        #expect(!outcomes.isEmpty && outcomes.filter { !$0.passed }.map(\.description) == [])
    }

    @Test("the identity names all, and one family once")
    func identity() {
        func backend(_ name: String, _ device: String) -> NamedBackend {
            NamedBackend(identity: BackendIdentity(name: name, device: device, driver: "d 1"))
        }
        let alike = SeveralBackends(backend("opencl:1", "a"), [backend("opencl:0", "b")]).identity
        #expect(alike == BackendIdentity(name: "opencl:1,0", device: "a + b", driver: "d 1"))
        #expect(SeveralBackends(backend("cpu", "a"), [backend("opencl:0", "b")]).identity.name == "cpu,opencl:0")
        #expect(SeveralBackends(backend("cpu", "a"), [backend("cpu", "a")]).identity.name == "cpu,cpu")
    }

    @Test("an error is that of the first rows; the others end, and the run can go on or be left")
    func failing() throws {
        let failing = Mutex<Set<Int>>([])
        let backends = (0..<4).map { number in
            ReferenceBackend(returned: { _ in
                if failing.withLock({ $0.contains(number) }) { throw Lost(number: number) }
            })
        }
        let (plan, data) = try plan()
        let prepared = try SeveralBackends(backends[0], Array(backends.dropFirst())).prepare(plan)
        _ = try prepared.run(data, progress: silent) { run, _ in
            failing.withLock { $0 = [1, 3] }
            #expect(throws: Lost(number: 1)) { try run.run(tables(plan, 8)) }
            failing.withLock { $0 = [] }
            let roots = try run.run(tables(plan, 8))
            #expect(roots.values.first?.sizes.first == 8)
        }
        failing.withLock { $0 = [2] }
        #expect(throws: Lost(number: 2)) {
            try prepared.run(data, progress: silent) { _, _ in Issue.record("the dataset axis is not there") }
        }
        failing.withLock { $0 = [] }
        #expect(throws: Lost(number: 9)) {
            try prepared.run(data, progress: silent) { _, _ in throw Lost(number: 9) }
        }
    }

    @Test("tables that do not fit the plan are refused as by one")
    func misfits() throws {
        let (plan, data) = try plan()
        for tables in [tables(plan, 5).map { $0 + [99] }, tables(plan, 5) + [[0]]] {
            let one = ReferenceBackend()
            let errors = ([one, SeveralBackends(one, [one])] as [any Backend]).map { backend in
                #expect(throws: BindingError.self) {
                    _ = try backend.prepare(plan).run(data, progress: silent) { run, _ in _ = try run.run(tables) }
                }
            }
            #expect(errors[0] == errors[1])
        }
    }

    @Test("the faster takes more, as fast as it was, and never more at a time than an equal part")
    func byRate() throws {
        // By backend, how many rows were run at a time.
        let ran = Mutex<[[Int]]>([[], []])
        let backends = (0..<2).map { number in
            ReferenceBackend(mistake: { row, _ in
                guard row.op.name == Sum.name else { return }
                if row.row == row.rows - 1 { ran.withLock { $0[number].append(row.rows) } }
                // Of each row, so that a part takes as much longer as it has more of them.
                let until = ContinuousClock.now + .microseconds(number == 0 ? 200 : 2000)
                while ContinuousClock.now < until {}
            })
        }
        let (plan, data) = try plan()
        _ = try SeveralBackends(backends[0], [backends[1]]).prepare(plan).run(data, progress: silent) { run, _ in
            ran.withLock { $0 = [[], []] }
            for _ in 0..<2 { _ = try run.run(tables(plan, 40)) }
        }
        let counts = ran.withLock { $0 }
        #expect(counts.map(\.first) == [20, 20])
        #expect(counts.map { $0.reduce(0, +) }.reduce(0, +) == 80)
        #expect(counts[0].reduce(0, +) > 45 && counts[0].dropFirst().allSatisfy { $0 <= 20 }, "\(counts)")
    }

    @Test("progress counts the rows of all, by one thread at a time, up to all of them")
    func progress() throws {
        let (plan, data) = try plan()
        let told = Mutex<[RunProgress]>([])
        let tell: @Sendable (RunProgress) -> Void = { part in told.withLock { $0.append(part) } }
        let backend = SeveralBackends(CPUBackend(threads: 1), [CPUBackend(threads: 2)])
        _ = try backend.prepare(plan).run(data, progress: tell) { run, _ in
            _ = try run.run(tables(plan, 30))
        }
        let replicates = told.withLock { $0 }.filter { $0.phase == .replicates }
        #expect(replicates.last == RunProgress(phase: .replicates, done: 30, total: 30))
        #expect(zip(replicates, replicates.dropFirst()).allSatisfy { $0.done <= $1.done })
    }
}

/// Only named.
private struct NamedBackend: Backend {
    let identity: BackendIdentity
    func prepare(_ plan: Plan) throws -> any PreparedPlan { try ReferenceBackend().prepare(plan) }
}
