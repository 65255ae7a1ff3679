import Foundation
import Testing

/// A page of the documentation, as far as tests read it.
///
/// Fenced blocks say by the words after the fence what they are:
/// - `console`: lines that begin with `$ ` are commands, run by `sh` in the repository's folder with `scrubjay` on the PATH and
///   `$TMPDIR` a folder of the page. A comment `# exit 2` states another exit status than 0. The lines after a command are what it prints
///   (standard output, then errors, without progress): `...` stands for any text within a line, and alone for any lines. A command
///   without such lines may print anything. Commands that begin with `./dev` are not run here: they are how these tests were started.
/// - a language and the path of a file of the repository: the block is that file.
/// - a language and another name: the block is written to `$TMPDIR` under that name before commands run.
struct DocsPage: CustomTestStringConvertible, Sendable {
    struct Block {
        /// The words after the fence.
        var info: [String]
        /// Number of its first line, from 1.
        var line: Int
        var lines: [String]
    }

    struct Command {
        var line: Int
        var text: String
        var status: Int32
        var printed: [String]
    }

    /// From the repository's folder.
    let path: String
    let text: String

    var testDescription: String { path }

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().standardized.path

    /// The pages whose commands run.
    static let all = ["README.md"] + folder("docs") + folder("docs/gallery")

    /// These, and other pages whose links must lead somewhere.
    static let linked =
        all + ["CHANGELOG.md", "CONTRIBUTING.md"] + folder("docs/devices") + folder("Benchmarks/brackets")
        + folder("Benchmarks/ablations")

    /// The pages in a folder, by their paths from the repository's.
    private static func folder(_ name: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(repository)/\(name)")) ?? []
        return files.filter { $0.hasSuffix(".md") }.sorted().map { "\(name)/\($0)" }
    }

    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOfFile: "\(Self.repository)/\(path)", encoding: .utf8)
    }

    var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

    var blocks: [Block] {
        var blocks: [Block] = []
        var open: Block?
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("```") {
                if let block = open {
                    blocks.append(block)
                    open = nil
                } else {
                    open = Block(
                        info: line.dropFirst(3).split(separator: " ").map(String.init), line: index + 2, lines: [])
                }
            } else {
                open?.lines.append(line)
            }
        }
        return blocks
    }

    var commands: [Command] {
        var commands: [Command] = []
        for block in blocks where block.info.first == "console" {
            for (index, line) in block.lines.enumerated() {
                if line.hasPrefix("$ ") {
                    let (text, comment) = Self.parts(line.dropFirst(2))
                    let status = comment.wholeMatch(of: /exit (\d+)/).flatMap { Int32($0.1) } ?? 0
                    commands.append(Command(line: block.line + index, text: text, status: status, printed: []))
                } else if !commands.isEmpty {
                    commands[commands.count - 1].printed.append(line)
                }
            }
        }
        return commands
    }

    /// A line without the comment that ends it, and the comment.
    private static func parts(_ line: some StringProtocol) -> (text: String, comment: String) {
        guard let found = String(line).firstMatch(of: /^(.*?) +# (.*)$/) else { return (String(line), "") }
        return (String(found.1), String(found.2))
    }

    /// The anchors of its headings, as GitHub makes them.
    var anchors: Set<String> {
        var isCode = false
        var anchors: Set<String> = []
        for line in lines {
            if line.hasPrefix("```") { isCode.toggle() }
            guard !isCode, let heading = line.wholeMatch(of: /#+ (.*)/)?.1 else { continue }
            let kept = heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
            anchors.insert(kept.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "-"))
        }
        return anchors
    }

    /// Where its links lead, web addresses left out.
    var links: [String] {
        text.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }.filter { !$0.contains("://") }
    }

    /// The lines below the heading `name`, up to the next one of its level or above.
    func section(_ heading: String) -> [String]? {
        guard let start = lines.firstIndex(of: heading) else { return nil }
        let level = heading.prefix { $0 == "#" }.count
        return Array(
            lines[(start + 1)...].prefix { line in
                let marks = line.prefix { $0 == "#" }.count
                return marks == 0 || marks > level
            })
    }
}
