import ScrubCore
import Testing

/// Files damaged at random (with a fixed seed) either read or give a `Diagnostic`; they never end the process.
@Suite struct MutationTests {
    let folder: Folder
    init() throws { folder = try Folder() }

    /// Calls `read` on 1500 damaged copies of `bytes`; returns how many it took and how many it refused.
    private func damage(_ bytes: [UInt8], read: (String) throws -> Void) throws -> (taken: Int, refused: Int) {
        var (taken, refused) = (0, 0)
        let stream = RandomStream(seed: 7, key: 1)
        for trial in 0..<1500 as Range<UInt64> {
            let bits = stream.bits(replicate: trial)
            var copy = bytes
            if trial % 4 == 0 {
                copy.removeLast(Int(bits % UInt64(bytes.count)))
            } else {
                for flip in 0..<(trial % 4) {
                    let word = RandomStream(seed: bits, key: flip).bits(replicate: 0)
                    copy[Int(word >> 16) % copy.count] = trial % 2 == 0 ? UInt8(truncatingIfNeeded: word) : 0xFF
                }
            }
            let path = try folder.file("a", copy)
            do {
                try read(path)
                taken += 1
            } catch let error {
                #expect(error is any Diagnostic, "trial \(trial): \(error)")
                refused += 1
            }
        }
        return (taken, refused)
    }

    @Test func safetensors() throws {
        let path = folder.path("good")
        try Safetensors.write([("a", [2, 3], [1, 2, 3, 4, 5, 6]), ("b", [1], [7])], metadata: ["k": "v"], to: path)
        let result = try damage(try MappedFile(path).withBytes { Array($0) }) { path in
            let file = try Safetensors(path)
            for name in file.names { _ = try file[name]?.floats() }
        }
        #expect(result.taken > 50 && result.refused > 500, "\(result)")
    }

    @Test(arguments: [true, false])
    func npz(compressed: Bool) throws {
        let path = folder.path("good")
        try Npz.write(
            [NpzEntry("a", [20, 3], [Int32](repeating: 5, count: 60)), NpzEntry("b", [1], [7.5])], to: path,
            compressed: compressed)
        let result = try damage(try MappedFile(path).withBytes { Array($0) }) { path in
            let archive = try Npz(path)
            for name in archive.names { _ = try archive[name]?.doubles() }
        }
        #expect(result.taken > 10 && result.refused > 500, "\(result)")
    }

    @Test func zip64() throws {
        let result = try damage(try MappedFile(fixture("zip64.npz")).withBytes { Array($0) }) { path in
            let archive = try Npz(path)
            for name in archive.names { _ = try archive[name]?.doubles() }
        }
        #expect(result.refused > 500, "\(result)")
    }

    @Test func json() throws {
        let text = #"{"a": [1, 2.5e3, "x\u00e9\n", true, null, {"b": {}}], "c": -17}"#
        let result = try damage(Array(text.utf8)) { path in _ = try JSONText.parse(contentsOf: path) }
        #expect(result.taken > 0 && result.refused > 500, "\(result)")
    }
}
