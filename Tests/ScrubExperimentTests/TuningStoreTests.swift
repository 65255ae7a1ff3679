import Foundation
import ScrubCore
import ScrubExperiment
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Testing

private let firstDevice = try? OpenCLDevice.all().first

@Suite(.enabled(if: firstDevice != nil, "needs an OpenCL device")) struct TuningStoreTests {
    private func tuning(driver: String = "1") throws -> Tuning {
        var subject = Tuning.Subject(try #require(firstDevice))
        subject.driver = driver
        var tuning = Tuning(subject)
        for step in TunableStep.standard {
            tuning.add(
                Tuning.Entry(
                    shape: step.shape, source: "s", choice: step.choices(on: .cpu)[1], seconds: 0.1,
                    standardSeconds: nil))
        }
        return tuning
    }

    /// A folder that is not there yet, removed when `body` returns.
    private func withStore(_ body: (TuningStore) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(TuningStore(folder: CacheFolder(path: folder.appending(path: "a/b").path)))
    }

    @Test func keepsOneForEachDriver() throws {
        try withStore { store in
            let (one, other) = (try tuning(), try tuning(driver: "2"))
            #expect(try store.tuning(of: one.subject) == nil)
            #expect(store.files == [])
            let file = try store.keep(one)
            #expect(try store.tuning(of: one.subject) == one)
            #expect(try store.tuning(of: other.subject) == nil)
            #expect(try store.keep(other) != file)
            #expect(store.files.count == 2)
            #expect(try store.forget(one.subject) == file)
            #expect(try store.forget(one.subject) == nil)
            #expect(try store.tuning(of: one.subject) == nil)
            #expect(try store.tuning(of: other.subject) == other)
        }
    }

    @Test(arguments: ["", "{", "[]", "{\"version\": 1}"]) func aDamagedFileIsTold(text: String) throws {
        try withStore { store in
            let tuning = try tuning()
            let file = try store.keep(tuning)
            try Data(text.utf8).write(to: URL(filePath: file))
            #expect(throws: TuningError.notATuning(file: file)) { try store.tuning(of: tuning.subject) }
        }
    }

    /// Anything of the file may be cut off or changed: it is read as it was, or told, and never crashes.
    @Test func aFileWithAValueThatNoKernelTakesIsTold() throws {
        try withStore { store in
            let tuning = try tuning()
            let file = try store.keep(tuning)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try text.replacing("\"DOWN\" : 4", with: "\"DOWN\" : 1000000").replacing(
                "\"DOWN\" : 16", with: "\"DOWN\" : 3"
            )
            .write(toFile: file, atomically: true, encoding: .utf8)
            #expect(throws: TuningError.notATuning(file: file)) { try store.tuning(of: tuning.subject) }
        }
    }

    @Test func anotherDevicesFileIsTold() throws {
        try withStore { store in
            let (one, other) = (try tuning(), try tuning(driver: "2"))
            let place = store.file(of: other.subject)
            try FileManager.default.moveItem(atPath: try store.keep(one), toPath: place)
            let error = TuningError.ofAnother(file: place, found: "\(one.subject)", expected: "\(other.subject)")
            #expect(throws: error) { try store.tuning(of: other.subject) }
            #expect(error.description == "\(place): a tuning of \(one.subject), expected one of \(other.subject)")
        }
    }

    /// Under `/proc` nobody can write, whoever runs this.
    @Test func aFolderThatCannotBeWrittenIsAnError() throws {
        let store = TuningStore(folder: CacheFolder(path: "/proc/scrubjay"))
        let tuning = try tuning()
        #expect(throws: FileError.self) { try store.keep(tuning) }
        #expect(try store.tuning(of: tuning.subject) == nil)
    }
}
