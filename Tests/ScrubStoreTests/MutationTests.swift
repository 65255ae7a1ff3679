import Foundation
import ScrubCore
import ScrubStore
import Testing

/// Damaged pages: what is read of them is what was written, or an error; never a crash and never another figure.
@Suite struct MutationTests {
    /// What can be read of a store, by each way.
    private struct Contents: Equatable {
        var lines: [RunLine]
        var runs: [[String]]
        var one: [[String]]
        var chunks: [Chunk]
        var batches: [Batch]

        init(_ path: String, mode: RunStore.Mode, _ keys: [String]) throws {
            let store = try RunStore(path, mode: mode)
            lines = try store.runs()
            runs = try store.stored().map(\.content)
            one = try store.stored(keys).map(\.content)
            batches = try store.batches().map { number, batch in
                guard let batch else { throw StoreError.corrupt(path, "batch \(number)") }
                return batch
            }
            var found: [Chunk] = []
            for (number, _) in try store.batches() {
                try store.chunks(ofBatch: number, seed: 1) { found.append($0) }
            }
            chunks = found
        }
    }

    @Test func damagedPages() throws {
        let folder = try Folder()
        let keys: [String]
        do {
            let store = try RunStore(folder.store, mode: .create)
            var asked = try SampleRuns.fill(store)
            let more = (0..<12).map { SampleRuns.asked("e", seed: $0, parameters: ["n": "\($0)"]) }
            try store.add(more)
            for run in more.prefix(6) { try store.finish([SampleRuns.finished(run)]) }
            asked += more
            keys = asked.map(\.key)
        }
        let sound = try folder.bytes()
        let right = try Contents(folder.store, mode: .read, keys)
        try #require(right.runs.count == 16 && right.chunks.count == 3)

        var (told, unharmed) = (0, 0)
        for seed in 0..<200 {
            var random = RandomBytes(seed: UInt64(seed))
            var bytes = sound
            for _ in 0..<[1, 4, 40][seed % 3] { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            // Some in the header and the first pages, where it hurts.
            if seed % 4 == 0 { bytes[random.below(8192)] ^= 1 << UInt8(random.below(8)) }
            let damaged = try Folder()
            try bytes.write(to: URL(fileURLWithPath: damaged.store))
            for mode in [RunStore.Mode.read, .write] {
                do {
                    let found = try Contents(damaged.store, mode: mode, keys)
                    #expect(found == right, "mutation \(seed), \(mode)")
                    unharmed += 1
                } catch is StoreError {
                    told += 1
                } catch {
                    Issue.record("mutation \(seed), \(mode): \(error)")
                }
            }
        }
        #expect(told > 40 && unharmed > 40, "told \(told), unharmed \(unharmed)")
    }

    /// A file that was cut short.
    @Test(arguments: [0.1, 0.5, 0.9, 0.999]) func aShortFile(_ share: Double) throws {
        let folder = try Folder()
        try SampleRuns.fill(RunStore(folder.store, mode: .create))
        let sound = try folder.bytes()
        try sound.prefix(Int(Double(sound.count) * share)).write(to: URL(fileURLWithPath: folder.store))
        for mode in [RunStore.Mode.read, .write] {
            #expect(throws: StoreError.self) { _ = try RunStore(folder.store, mode: mode).stored() }
        }
    }
}

/// Numbers that a seed decides.
private struct RandomBytes {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

    /// SplitMix64 (https://doi.org/10.1145/2660193.2660195).
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
