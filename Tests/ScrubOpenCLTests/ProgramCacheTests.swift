import Foundation
import ScrubOpenCL
import Testing

@Suite(.serialized) struct ProgramCacheTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")

    /// Whether an element-wise kernel came from the cache in the folder.
    func isHit(in folder: URL) throws -> Bool {
        let backend = try OpenCLBackend(device: #require(device), cache: ProgramCache(folder: folder.path))
        return try backend.takesFromCache("product")
    }

    func files() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    }

    @Test func aProgramIsCompiledOnceForItsTextOptionsAndDevice() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try !isHit(in: folder))
        #expect(try isHit(in: folder))
        let backend = try OpenCLBackend(device: #require(device), cache: ProgramCache(folder: folder.path))
        #expect(try !backend.takesFromCache("sum", ["INPUTS": 2]))
        #expect(try !backend.takesFromCache("sum", ["INPUTS": 3]))
        #expect(try backend.takesFromCache("sum", ["INPUTS": 2]))
        #expect(try files().count == 3)
    }

    /// Cut short, with a bit changed, empty, of another program, of a device's own magic with nothing behind it.
    @Test(arguments: ["short", "bit", "empty", "foreign"])
    func aDamagedFileIsMadeAnew(damage: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try !isHit(in: folder))
        let file = try #require(try files().first)
        let whole = try Data(contentsOf: file)
        var bytes = whole
        switch damage {
        case "short": bytes = bytes.prefix(bytes.count / 2)
        case "bit": bytes[bytes.count - 9] ^= 4
        case "empty": bytes = Data()
        default: bytes = Data("a file of something else\n".utf8)
        }
        try bytes.write(to: file)
        #expect(try !isHit(in: folder))
        #expect(try isHit(in: folder))
        #expect(try files().count == 1)
    }

    @Test func aWholeFileThatTheDeviceDoesNotTakeIsMadeAnew() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try !isHit(in: folder))
        let backend = try OpenCLBackend(device: #require(device), cache: ProgramCache(folder: folder.path))
        #expect(try !backend.takesFromCache("difference"))
        let (one, other) = (try files()[0], try files()[1])
        // Another program's binary, undamaged: it lacks the kernel.
        let (first, second) = (try Data(contentsOf: one), try Data(contentsOf: other))
        try first.write(to: other)
        try second.write(to: one)
        #expect(try !isHit(in: folder))
        #expect(try isHit(in: folder))
    }

    /// Under a file no folder can be made, and under `/proc` nobody can write, whoever runs this.
    @Test(arguments: ["/dev/null/programs", "/proc/scrubjay/programs"])
    func aFolderThatCannotBeWrittenCostsTimeAlone(path: String) throws {
        #expect(try !isHit(in: URL(filePath: path)))
        #expect(try !isHit(in: URL(filePath: path)))
    }

    @Test func theFolderIsTheFirstThatTheEnvironmentNames() {
        func folder(_ environment: [String: String]) -> String? {
            ProgramCache(environment: { environment[$0] })?.folder
        }
        #expect(folder(["SCRUBJAY_CACHE": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"]) == "/a/programs")
        #expect(folder(["SCRUBJAY_CACHE": "", "XDG_CACHE_HOME": "/b", "HOME": "/c"]) == "/b/scrubjay/programs")
        #expect(folder(["HOME": "/c"]) == "/c/.cache/scrubjay/programs")
        #expect(folder([:]) == nil)
    }
}
