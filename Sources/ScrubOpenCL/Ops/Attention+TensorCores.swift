internal import ScrubCore
internal import ScrubOps

/// attention_mma.cl: where it is taken, and how a group divides its work.
extension Attention {
    /// Elements of a query, key or value that registers and local memory hold at most.
    private static let widest = 256

    static func onTensorCores(
        _ step: [String: Int], _ precision: Precision, wide: Int, emulated: Bool, _ tiles: [String: Int] = [:]
    ) -> KernelSpec {
        let known = ["PRECISION": precision.number, "WIDE": wide, "EMULATED": emulated ? 1 : 0]
        return KernelSpec("attention_mma", folder: "attention", step.merging(tiles) { $1 }.merging(known) { $1 })
    }

    /// A kernel that a device's compiler must take before any of its kind is asked for.
    static let tensorKernel = onTensorCores(
        ["D": 64, "E": 64, "CAUSAL": 1, "MASKED": 1], .tf32, wide: 4, emulated: false)

    /// Emulated ones, which any device takes: narrow heads, an odd width, and the widest.
    static var tensorSamples: [KernelSpec] {
        func sample(_ width: Int, _ precision: Precision, wide: Int = 4, _ tiles: [String: Int] = [:]) -> KernelSpec {
            let step = ["D": width, "E": width, "CAUSAL": wide == 4 ? 1 : 0, "MASKED": 1]
            return onTensorCores(step, precision, wide: wide, emulated: true, tiles)
        }
        return Precision.allCases.map { sample(28, $0) }
            + [sample(7, .exact, wide: 1), sample(widest, .bf16, ["KEYS": 16])]
    }

    /// Of a group, by its tunables.
    static func tensorGroup(_ tiles: [String: Int]) -> (rows: Int, items: Int) {
        let down = tiles["DOWN"] ?? 4
        return (16 * (tiles["TM"] ?? 1) * down, 32 * down)
    }

    /// Whether a group's tiles fit local memory, and a warp's sums its registers, as `./dev ptx` finds them. The
    /// same of all widths up to a power of two, which share a tuning.
    static func fits(_ tiles: [String: Int], _ step: StepTypes) -> Bool {
        var width = 16
        while width < max(step.inputs[0].shape.width, step.inputs[2].shape.width) { width *= 2 }
        // Float32 factors are kept in two parts.
        let most = step.precision == .exact ? 2048 : 4096
        return width <= widest && (tiles["TM"] ?? 1) * (tiles["KEYS"] ?? 32) * width <= most
    }

    /// Whether there are tensor cores to be had, and queries, keys and elements fill their blocks.
    private static func fillsBlocks(_ step: StepTypes) -> Bool {
        let shapes = step.inputs.prefix(3).map(\.shape)
        return step.hasTensorCores && step.product == .automatic && step.device == .gpu
            && shapes.allSatisfy { min($0.vectors, $0.width) >= 16 }
    }

    /// What is taken there without a tuning, where less than float32 is asked for: chosen by reasoning, not measured.
    static func tensorStandard(for step: StepTypes) -> [String: Int]? {
        guard step.precision != .exact, fillsBlocks(step) else { return nil }
        let (queries, keys) = (step.inputs[0].shape.vectors, step.inputs[1].shape.vectors)
        let tiles = ["DOWN": down([1, 2, 4], rows: 16, queries: queries), "TM": 1, "KEYS": keys <= 16 ? 16 : 32]
        return [tiles, tiles.merging(["KEYS": 16]) { $1 }].first { fits($0, step) }
    }

    /// Those that fit, none of whose groups could be half as large: most keys first.
    static func tensorCandidates(for step: StepTypes) -> [[String: Int]] {
        guard fillsBlocks(step) else { return [] }
        let (queries, keys) = (step.inputs[0].shape.vectors, step.inputs[1].shape.vectors)
        return [
            (4, 1, 32), (2, 1, 32), (8, 1, 32), (1, 1, 32), (4, 1, 64), (2, 1, 64), (4, 2, 32), (2, 2, 32),
            (4, 1, 16), (2, 1, 16), (1, 1, 16), (2, 2, 16), (1, 2, 16),
        ].map { ["DOWN": $0, "TM": $1, "KEYS": $2] }.filter { tiles in
            let (rows, length) = (tensorGroup(tiles).rows, tiles["KEYS"] ?? 0)
            return fits(tiles, step) && (rows == 16 || rows < 2 * queries) && (length == 16 || length < 2 * keys)
        }
    }
}
