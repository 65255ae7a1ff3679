internal import CKernelSources
internal import ScrubCore

/// One file of the folder `Kernels`, as it is embedded in this library.
public struct KernelFile: Hashable, Sendable {
    /// A define that changes how a kernel works, never what it computes. A line of the file's opening comment.
    public struct Tunable: Hashable, Sendable {
        public let name: String
        public let standard: Int
        public let legal: [Int]
        public let meaning: String
    }

    /// Below `Kernels`: `gather/gather.cl`.
    public let path: String
    public let text: String
    /// Those that the file's comment lists, as `//   LANES = 16 | 1 2 4 8 16 | meaning`.
    public let tunables: [Tunable]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        let comment = text.split(separator: "\n").prefix { $0.hasPrefix("//") }.drop { !$0.hasPrefix("// Tunables:") }
        tunables = comment.dropFirst().compactMap { line in
            let parts = line.dropFirst(2).split(separator: "|")
            let sides = (parts.first ?? "").split(separator: "=").map { $0.filter { $0 != " " } }
            guard parts.count == 3, sides.count == 2, let standard = Int(sides[1]) else { return nil }
            return Tunable(
                name: sides[0], standard: standard, legal: parts[1].split(separator: " ").compactMap { Int($0) },
                meaning: String(parts[2].drop { $0 == " " }))
        }
    }

    /// SHA-256 of what makes the kernels of a file: its text, and that of what all share.
    ///
    /// - Parameters:
    ///   - path: of the file below `Kernels`.
    ///   - replaced: the text that stands for the file's, if any.
    public static func source(of path: String, replaced: String? = nil) -> String {
        let texts = [all["common/common.cl"]?.text, replaced ?? all[path]?.text].map { $0 ?? "" }
        return Digest(texts.joined(separator: "\u{0}")).description
    }

    /// By path.
    public static let all: [String: KernelFile] = {
        var count = 0
        guard let table = kernel_sources(&count) else { return [:] }
        let files = (0..<count).map {
            KernelFile(path: String(cString: table[$0].name), text: String(cString: table[$0].text))
        }
        return Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    }()
}
