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
    /// Paths of the files that are compiled before it, in order: what all share, then those that its comment names, as
    /// `// After: common/tensor.cl`.
    let preceding: [String]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        let comment = text.split(separator: "\n").prefix { $0.hasPrefix("//") }
        let after = "// After: "
        preceding =
            ["common/common.cl"]
            + comment.filter { $0.hasPrefix(after) }.map { String($0.dropFirst(after.count)) }
        tunables = comment.drop { !$0.hasPrefix("// Tunables:") }.dropFirst().compactMap { line in
            let parts = line.dropFirst(2).split(separator: "|")
            let sides = (parts.first ?? "").split(separator: "=").map { $0.filter { $0 != " " } }
            guard parts.count == 3, sides.count == 2, let standard = Int(sides[1]) else { return nil }
            return Tunable(
                name: sides[0], standard: standard, legal: parts[1].split(separator: " ").compactMap { Int($0) },
                meaning: String(parts[2].drop { $0 == " " }))
        }
    }

    /// What a device is given to compile.
    ///
    /// - Parameter replaced: the text that stands for this file's, if any.
    func program(replaced: String? = nil) -> String {
        // The line directives make the compiler's log point into the files.
        let files = preceding.compactMap { Self.all[$0] }.map { ($0.path, $0.text) } + [(path, replaced ?? text)]
        return files.map { "#line 1 \"\($0)\"\n\($1)" }.joined(separator: "\n")
    }

    /// SHA-256 of what makes the kernels of some files: their texts, and those of what they share.
    ///
    /// - Parameters:
    ///   - paths: of the files below `Kernels`.
    ///   - replaced: texts that stand for those of files, by path.
    static func source(of paths: [String], replacing replaced: [String: String]) -> String {
        Digest(paths.map { all[$0]?.program(replaced: replaced[$0]) ?? "" }.joined(separator: "\u{0}")).description
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
