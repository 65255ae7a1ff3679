import Foundation
import ScrubCore
import Testing

@Suite struct MappedFileTests {
    let folder: Folder
    init() throws { folder = try Folder() }

    @Test func bytesAreThoseOfTheFile() throws {
        let file = try MappedFile(try folder.file("a", [1, 2, 3]))
        #expect(file.count == 3)
        #expect(file.withBytes { Array($0) } == [1, 2, 3])
    }

    @Test func emptyFileIsFine() throws {
        let file = try MappedFile(try folder.file("a", []))
        #expect(file.count == 0)
        #expect(file.withBytes { $0.count } == 0)
    }

    @Test func missing() throws {
        #expect(folder.complaint { try MappedFile(folder.path("nothing")) } == "nothing: no such file")
        #expect(folder.complaint { try MappedFile(folder.path("a\0b")) } == "a\0b: no such file")
        #expect(FileError.missing(path: "x").fault == .input)
    }

    @Test func folderIsNoFile() throws {
        #expect(folder.complaint { try MappedFile(folder.path(".")) } == ".: is a folder, expected a file")
        #expect(FileError.isDirectory(path: "x").fault == .input)
    }

    @Test func pipeIsNoFile() throws {
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        #expect(folder.complaint { try MappedFile(folder.path("pipe")) } == "pipe: is not a regular file")
    }

    @Test func failuresOfTheSystemAreTheDevices() {
        let error = FileError.system(path: "x", doing: "write", code: ENOSPC)
        #expect(error.fault == .device)
        #expect(error.description == "x: cannot write: No space left on device")
        #expect(FileError.permission(path: "x", doing: "open").description == "x: no permission to open")
    }

    @Test func writingReplacesTheFileAndLeavesNothingElse() throws {
        let path = try folder.file("a", [9, 9, 9, 9])
        let old = try MappedFile(path)
        try writeAtomically([1, 2], to: path)
        #expect(try MappedFile(path).withBytes { Array($0) } == [1, 2])
        #expect(old.withBytes { Array($0) } == [9, 9, 9, 9])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
    }

    @Test func writingNowhereIsAnError() {
        #expect(
            folder.complaint { try writeAtomically([1], to: folder.path("no/a")) }
                == "no/a: cannot write: the folder does not exist")
        #expect(
            folder.complaint { try writeAtomically([1], to: folder.path(".")) } == ".: is a folder, expected a file")
    }
}
