import Foundation
import ScrubCore
import Testing

@Suite struct CacheFolderTests {
    @Test(
        arguments: [
            ([:], nil),
            (["HOME": "/a"], "/a/.cache/scrubjay"),
            (["HOME": "/a", "XDG_CACHE_HOME": "/b"], "/b/scrubjay"),
            (["HOME": "/a", "XDG_CACHE_HOME": "b"], "/a/.cache/scrubjay"),
            (["HOME": "/a", "XDG_CACHE_HOME": ""], "/a/.cache/scrubjay"),
            (["HOME": "/a", "XDG_CACHE_HOME": "/b", "SCRUBJAY_CACHE": "c"], "c"),
            (["HOME": "/a", "SCRUBJAY_CACHE": ""], "/a/.cache/scrubjay"),
            (["HOME": ""], nil),
        ] as [([String: String], String?)])
    func isNamedByTheEnvironment(environment: [String: String], path: String?) {
        #expect(CacheFolder(environment: { environment[$0] })?.path == path)
    }

    @Test func isMadeWithThoseAboveIt() throws {
        let folder = try Folder()
        let cache = CacheFolder(path: folder.path("a/b/c"))
        try cache.make()
        try cache.make()
        try writeAtomically([1], to: cache.file("x"))
        #expect(try Data(contentsOf: URL(filePath: folder.path("a/b/c/x"))) == Data([1]))
    }

    @Test func aFileInTheWayIsTold() throws {
        let folder = try Folder()
        let file = try folder.file("a", [0])
        let reason = "cannot make the folder: Not a directory"
        #expect(folder.complaint { try CacheFolder(path: file).make() } == "a: \(reason)")
        #expect(folder.complaint { try CacheFolder(path: file + "/b").make() } == "a/b: \(reason)")
    }
}
