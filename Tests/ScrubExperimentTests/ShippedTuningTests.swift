import Foundation
import ScrubCore
import ScrubExperiment
import ScrubOpenCL
import Testing

private let firstDevice = try? OpenCLDevice.all().first

/// Tunings of the project, beside those of a user.
@Suite(.enabled(if: firstDevice != nil, "needs an OpenCL device")) struct ShippedTuningTests {
    /// Of every standard class, each with the candidate of that number.
    private func tuning(choosing number: Int, driver: String? = nil, source: String? = nil) throws -> Tuning {
        var subject = Tuning.Subject(try #require(firstDevice))
        if let driver { subject.driver = driver }
        var tuning = Tuning(subject)
        for step in TunableStep.standard {
            tuning.add(
                Tuning.Entry(
                    shape: step.shape, source: source ?? step.shape.kernel.source(),
                    choice: step.choices(on: .cpu)[number], seconds: 0.1, standardSeconds: nil))
        }
        return tuning
    }

    private func shipped(_ tuning: Tuning) throws -> ShippedTuning {
        ShippedTuning(path: "device.json", text: String(decoding: try JSONEncoder().encode(tuning), as: UTF8.self))
    }

    @Test func whatIsShippedIsSound() {
        for shipped in ShippedTuning.all { #expect(shipped.tuning?.entries.isEmpty == false, "\(shipped.path)") }
    }

    @Test func isFoundByDeviceAndDriver() throws {
        let (one, other) = (try tuning(choosing: 1), try tuning(choosing: 2, driver: "another"))
        let broken = ShippedTuning(path: "broken.json", text: "{}")
        let all = [broken, try shipped(other), try shipped(one)]
        #expect(ShippedTuning.tuning(of: one.subject, among: all) == one)
        #expect(ShippedTuning.tuning(of: other.subject, among: all) == other)
        #expect(ShippedTuning.tuning(of: one.subject, among: [broken, try shipped(other)]) == nil)
    }

    /// What a user measured stands before it, as far as it is of the kernels as they are.
    @Test func completesWhatTheUserKeeps() throws {
        let (own, shipped) = (try tuning(choosing: 1), try tuning(choosing: 2))
        #expect(own.completed(by: shipped) == own)
        #expect(own.completed(by: nil) == own)
        var few = Tuning(own.subject)
        few.add(own.entries[0])
        #expect(few.completed(by: shipped).entries == Array(own.entries.prefix(1) + shipped.entries.dropFirst()))
        #expect(try tuning(choosing: 1, source: "old").completed(by: shipped) == shipped)
        #expect(try few.completed(by: tuning(choosing: 2, source: "old")) == few)
    }

    /// A device is tuned once, for the shapes of the first run.
    @Test func aDeviceThatNothingIsKeptOfIsTunedOnce() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = TuningStore(folder: CacheFolder(path: folder.path))
        let device = try #require(firstDevice)
        let steps = Array(TunableStep.standard.filter { $0.shape.kernel == .layerNorm })
        var told: [Int] = []
        let tuning = try store.tuneFirst(device, for: steps, seconds: 0.001) { told.append($0) }
        #expect(told == Array(steps.indices))
        #expect(tuning?.entries.map(\.shape) == steps.map(\.shape).sorted { $0.description < $1.description })
        #expect(try store.tuning(of: Tuning.Subject(device)) == tuning)
        #expect(try store.tuneFirst(device, for: steps, seconds: 0.001) { told.append($0) } == nil)
        #expect(told.count == steps.count)
    }
}
