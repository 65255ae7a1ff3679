import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// The time of a plan is that of its steps, by hand.
@Suite struct PlanTimeTests {
    private static let profile = DeviceProfile(
        subject: DeviceProfile.Subject(
            backend: BackendIdentity(name: "cpu", device: "d", driver: "v"), workers: 1),
        products: [.init(size: [4, 2], perSecond: 1000), .init(size: [64, 64], perSecond: 4000)],
        attention: [.init(size: [3, 3, 2], perSecond: 500)],
        gathers: [.init(size: [16], perSecond: 100), .init(size: [64], perSecond: 400)], elementwise: 800, norms: 300,
        activations: 200, losses: 200, divergences: 200, stepSeconds: 0.5, chunkSeconds: 2)

    private func time(_ small: SmallPlan, dataset: Int, replicates: Int = 0) -> PlanTime {
        var plan = small.plan
        plan.chunks = Chunks(dataset: 2, replicates: 4)
        return plan.time(datasetRows: dataset, replicates: replicates, on: Self.profile)
    }

    @Test func ofAProduct() throws {
        var small = SmallPlan(tables: 1)
        let x = small.column("x", [Axis(.position, 3), Axis(.model, 4)])
        let y = try small.step("y", .linear(Linear()), x, small.weight("w", [Axis(.model, 4), Axis(.head, 2)]))
        small.root("model", y)
        // Five rows in three chunks; 48 operations and 72 bytes a row, and 32 bytes of weights a chunk.
        let busy: Double = max(0.24, (360.0 + 96.0) / 800.0)
        let overhead: Double = 3 * (0.5 + 2)
        let time = time(small, dataset: 5)
        #expect(abs(time.datasetSeconds - busy - overhead) < 1e-12)
        #expect(time.replicateSeconds == 0)
    }

    @Test func ofGathersBySize() throws {
        var small = SmallPlan(tables: 1)
        let x = small.column("x", [Axis(.model, 8)])
        small.root("scrubbed", try small.step("y", .gather(Gather(table: 0)), x))
        // 32 bytes lie half-way between 16 and 64, where the rates' geometric mean is 200: read once, written once.
        let time = time(small, dataset: 5, replicates: 7)
        let (busy, overhead): (Double, Double) = (7 * 64.0 / 200.0, 2 * (0.5 + 2))
        #expect(abs(time.replicateSeconds - busy - overhead) < 1e-12)
        #expect(time.datasetSeconds == 0)
    }

    @Test func whatIsPickedIsReadAlone() throws {
        var small = SmallPlan(tables: 1)
        let tokens = small.column("tokens", [Axis(.position, 3)], below: 5)
        let table = small.weight("W_E", [Axis(.vocabulary, 5), Axis(.model, 4)])
        small.root("model", try small.step("y", .embed(Embed(positions: [2])), tokens, table))
        let step = try #require(small.plan.steps.first)
        // One of five vectors is read and written, beside the three tokens.
        #expect(small.plan.work(of: step) == StepWork(operations: 4, bytes: 12 + 16 + 16, bytesPerChunk: 0))
    }

    @Test func ofSeveralDevices() throws {
        var small = SmallPlan(tables: 1)
        let x = small.column("x", [Axis(.model, 8)])
        let y = try small.step("y", .sum(Sum()), x, x)
        small.root("model", y)
        small.root("scrubbed", try small.step("z", .gather(Gather(table: 0)), y))
        var slow = Self.profile
        slow.elementwise /= 3
        slow.gathers = slow.gathers.map { .init(size: $0.size, perSecond: 50) }
        let times = [Self.profile, slow].map { small.plan.time(datasetRows: 5, replicates: 7, on: $0) }
        let both = try #require(PlanTime(sharedBy: times))
        #expect(both.datasetSeconds == times[1].datasetSeconds)
        let rates = times.map { 7 / $0.replicateSeconds }
        #expect(abs(both.replicateSeconds - 7 / (rates[0] + rates[1])) < 1e-12)
        #expect(PlanTime(sharedBy: [times[0]]) == times[0])
        #expect(PlanTime(sharedBy: [times[0], nil]) == nil)
    }

    @Test func aProfileOfNonsenseIsNotSound() {
        #expect(Self.profile.isSound)
        var broken = Self.profile
        broken.gathers = []
        #expect(!broken.isSound)
        broken = Self.profile
        broken.norms = 0
        #expect(!broken.isSound)
        broken = Self.profile
        broken.products[0].size = [4]
        #expect(!broken.isSound)
    }
}
