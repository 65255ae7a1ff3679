import Foundation
import ScrubCore
import ScrubStore
import Testing

/// A disk that is full: nothing that was done is lost, and when there is room it goes on.
@Suite(.enabled(if: SmallDisk.canBeMade, "needs root, to mount a small file system")) struct FullDiskTests {
    @Test func whatWasDoneIsKept() throws {
        let disk = try SmallDisk(kibibytes: 3072)
        let path = disk.path + "/store.db"
        let full = StoreError.full(path)
        var done: [String] = []
        do {
            let store = try RunStore(path, mode: .create)
            #expect(throws: full) {
                for number in 0..<10_000 {
                    let run = SampleRuns.asked("a", seed: UInt64(number))
                    try store.add([run])
                    try store.finish([SampleRuns.finished(run)])
                    done.append(run.key)
                }
            }
            try #require(done.count > 20)
            #expect("\(full)" == "\(path): cannot write to the store: the disk is full; nothing that was done is lost")
            #expect(full.fault == .device)
            #expect(try store.stored().filter { $0.state == .done }.map(\.key) == done)
        }
        // Another process finds the same, on the disk that is still full.
        #expect(try RunStore(path, mode: .read).stored().filter { $0.state == .done }.map(\.key) == done)

        try disk.resize(kibibytes: 16_384)
        let store = try RunStore(path, mode: .write)
        let run = SampleRuns.asked("more")
        try store.add([run])
        try store.finish([SampleRuns.finished(run)])
        #expect(try store.stored().filter { $0.state == .done }.map(\.key) == done + [run.key])
    }

    /// A store that there was no room to make is made when there is.
    @Test(arguments: [4, 32, 64, 100]) func aStoreThatCouldNotBeMade(_ kibibytes: Int) throws {
        let disk = try SmallDisk(kibibytes: kibibytes)
        let path = disk.path + "/store.db"
        #expect(throws: StoreError.full(path)) { _ = try RunStore(path, mode: .create) }
        try disk.resize(kibibytes: 4096)
        try SampleRuns.fill(RunStore(path, mode: .create))
        #expect(try RunStore(path, mode: .read).stored().count == 4)
    }
}

/// A file system of a size, in memory, gone with the last reference.
final class SmallDisk {
    private let folder: Folder
    var path: String { folder.path }

    static let canBeMade = getuid() == 0 && (try? SmallDisk(kibibytes: 64)) != nil

    init(kibibytes: Int) throws {
        folder = try Folder()
        try Privileges.run("mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "scrubjay-test", folder.path)
    }

    func resize(kibibytes: Int) throws {
        try Privileges.run("mount", "-o", "remount,size=\(kibibytes)k", folder.path)
    }

    deinit { try? Privileges.run("umount", "-l", folder.path) }
}
