import Foundation
import Scrubjay
import Testing

/// The documentation says what is.
@Suite(.serialized) struct DocsTests {
    /// Every command that a page shows runs, ends with the status stated, and prints the lines shown.
    @Test(arguments: DocsPage.all) func commandsDoWhatIsShown(_ path: String) throws {
        let page = try DocsPage(path)
        let shell = try DocsShell()
        for block in page.blocks {
            guard block.info.count == 2, !exists(block.info[1]) else { continue }
            try shell.folder.write(block.info[1], block.lines.joined(separator: "\n") + "\n")
        }
        for command in page.commands where !command.text.hasPrefix("./dev") {
            let (status, lines) = try shell.run(command.text)
            let about = "\(path):\(command.line): \(command.text)"
            #expect(status == command.status, "\(about)\n\(lines.joined(separator: "\n"))")
            if !command.printed.isEmpty {
                #expect(docsMatch(command.printed, lines), "\(about)\n\(lines.joined(separator: "\n"))")
            }
        }
    }

    /// A block that names a file of the repository is that file.
    @Test(arguments: DocsPage.all) func filesAreShownAsTheyAre(_ path: String) throws {
        for block in try DocsPage(path).blocks where block.info.count == 2 && exists(block.info[1]) {
            let file = try String(contentsOfFile: "\(DocsPage.repository)/\(block.info[1])", encoding: .utf8)
            #expect(block.lines.joined(separator: "\n") + "\n" == file, "\(path):\(block.line)")
        }
    }

    @Test(arguments: DocsPage.linked) func linksLeadSomewhere(_ path: String) throws {
        let page = try DocsPage(path)
        let folder = path.split(separator: "/").dropLast().map { "\($0)/" }.joined()
        for link in page.links {
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let target = parts[0].isEmpty ? path : folder + parts[0]
            #expect(exists(target), "\(path) links to \(link)")
            guard parts.count == 2, exists(target) else { continue }
            let there = parts[0].isEmpty ? page : try DocsPage(target)
            #expect(there.anchors.contains(parts[1]), "\(path) links to \(link)")
        }
    }

    /// docs/cli.md has a section for each command and every option that `--help` lists, and no other.
    @Test func everyOptionIsDescribed() throws {
        let page = try DocsPage("docs/cli.md")
        let overview = try Program.run(["--help"]).output
        let listed = overview.components(separatedBy: "SUBCOMMANDS:\n").last ?? ""
        let commands = listed.matches(of: /(?m)^[ ]{2}([a-z]+)[ ]/).map { String($0.1) }
        #expect(commands.count >= 5)
        // The parser's own, which no help lists; CompletionTests run it.
        var known: Set<String> = ["--generate-completion-script"]
        for command in commands {
            let section = try #require(page.section("## \(command)"), "docs/cli.md has no section \(command)")
            let described = options(in: section.joined(separator: "\n"))
            let help = options(in: try Program.run([command, "--help"]).output)
            known.formUnion(help)
            let missing = help.subtracting(described).subtracting(["--help", "--version"])
            #expect(missing.sorted() == [], "docs/cli.md, section \(command)")
        }
        #expect(options(in: page.text).subtracting(known).sorted() == [])
    }

    /// docs/plan-format.md has a section for each operation, with as many constraints as the operation numbers.
    @Test(arguments: Op.everyKind) func everyOperationIsDescribed(_ op: Op) throws {
        let section = try #require(try DocsPage("docs/plan-format.md").section("### \(op.name)"))
        let file = "\(DocsPage.repository)/Sources/ScrubOps/\(type(of: op.rule)).swift"
        let source = try String(contentsOfFile: file, encoding: .utf8)
        let stated = Set(source.matches(of: /\(C(\d+)\)/).compactMap { Int($0.1) })
        let described = section.compactMap { $0.prefixMatch(of: /(\d+)\.[ ]/).flatMap { Int($0.1) } }
        #expect(described == stated.sorted())
    }

    /// The Swift lines of README.md are those of DocsLibrary.swift, which is compiled.
    @Test func swiftIsCompiled() throws {
        func code(_ lines: [String]) -> [String] {
            lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        let block = try #require(try DocsPage("README.md").blocks.first { $0.info == ["swift"] })
        let compiled = code(try DocsPage("Tests/CommandTests/DocsLibrary.swift").lines)
            .filter { !$0.hasPrefix("///") && !$0.hasPrefix("func ") }
        #expect(code(block.lines) == Array(compiled.dropLast()))
    }

    private func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(DocsPage.repository)/\(path)")
    }

    private func options(in text: String) -> Set<String> {
        Set(text.matches(of: /--[a-z]+(-[a-z]+)*/).map { String($0.0) })
    }
}
