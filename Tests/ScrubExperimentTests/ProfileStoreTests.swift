import Foundation
import ScrubCore
import ScrubExperiment
import ScrubPlan
import Testing

@Suite struct ProfileStoreTests {
    private static func subject(workers: Int = 2) -> DeviceProfile.Subject {
        DeviceProfile.Subject(
            backend: BackendIdentity(name: "cpu", device: "d", driver: "v"), workers: workers)
    }

    private static let profile = DeviceProfile(
        subject: subject(), products: [.init(size: [8, 8], perSecond: 1e9)],
        attention: [.init(size: [1, 2, 3], perSecond: 1e9)], gathers: [.init(size: [16], perSecond: 1e9)],
        elementwise: 1e9, norms: 1e9, activations: 1e9, losses: 1e9, divergences: 1e9, stepSeconds: 1e-7,
        chunkSeconds: 0)

    /// A folder that is not there yet, removed when `body` returns.
    private func withStore(_ body: (ProfileStore) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(ProfileStore(folder: CacheFolder(path: folder.appending(path: "a/b").path)))
    }

    @Test func keepsOneForEachSubject() throws {
        try withStore { store in
            #expect(try store.profile(of: Self.subject()) == nil)
            let file = try store.keep(Self.profile)
            #expect(try store.profile(of: Self.subject()) == Self.profile)
            #expect(try store.profile(of: Self.subject(workers: 1)) == nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder.path).count == 1)
            var other = Self.profile
            other.norms = 2e9
            #expect(try store.keep(other) == file)
            #expect(try store.profile(of: Self.subject()) == other)
        }
    }

    @Test(arguments: ["", "{", "[]", "{\"version\": 1}"]) func aDamagedFileIsTold(text: String) throws {
        try withStore { store in
            let file = try store.keep(Self.profile)
            try Data(text.utf8).write(to: URL(filePath: file))
            #expect(throws: ProfileError.notAProfile(file: file)) { try store.profile(of: Self.subject()) }
        }
    }

    @Test func ratesThatNobodyMeasuredAreTold() throws {
        try withStore { store in
            var profile = Self.profile
            profile.elementwise = -1
            let file = try store.keep(profile)
            #expect(throws: ProfileError.notAProfile(file: file)) { try store.profile(of: Self.subject()) }
        }
    }

    @Test func anotherDevicesFileIsTold() throws {
        try withStore { store in
            let file = try store.keep(Self.profile)
            let place = store.file(of: Self.subject(workers: 1))
            try FileManager.default.moveItem(atPath: file, toPath: place)
            let error = ProfileError.ofAnother(
                file: place, found: "cpu: d, v, 2 workers", expected: "cpu: d, v, 1 worker")
            #expect(throws: error) { try store.profile(of: Self.subject(workers: 1)) }
            #expect(
                error.description == "\(place): a profile of cpu: d, v, 2 workers, expected one of cpu: d, v, 1 worker")
        }
    }
}
