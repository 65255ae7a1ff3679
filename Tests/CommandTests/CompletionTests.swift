import Foundation
import Testing

/// What a shell proposes.
@Suite struct CompletionTests {
    /// Bash reads the script and, asked to complete the last word, gives these.
    @Test(arguments: [
        (["pla"], ["plan"]), (["run", "--back"], ["--backend"]), (["run", "--backend", "c"], ["cpu"]),
        (["run", "--others", "t"], ["together"]), (["run", "h"], ["h.yaml"]), (["inspect", "mo"], ["model"]),
        (["run", "--data", "d"], ["data.jsonl"]), (["run", "--json", "d"], []),
    ])
    func bashCompletes(_ words: [String], _ expected: [String]) throws {
        let place = try SmallExperiment()
        let script = try Program.run(["--generate-completion-script", "bash"]).output
        try place.folder.write("completions", script)
        let line = (["scrubjay"] + words).joined(separator: " ")
        try place.folder.write(
            "ask",
            """
            source ./completions
            COMP_WORDS=(\(line)); COMP_CWORD=\(words.count); COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}
            entry=$(complete -p scrubjay)
            entry=${entry##*-F }
            "${entry%% *}" scrubjay "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>errors
            printf '%s\\n' "${COMPREPLY[@]}"

            """)
        let (status, printed) = try bash("-n completions && bash ask", in: place.folder.path)
        #expect(status == 0, "\(printed)")
        let found = printed.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(found == expected)
    }

    private func bash(_ arguments: String, in folder: String) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", "bash \(arguments)"]
        process.currentDirectoryURL = URL(filePath: folder)
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let printed = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, printed)
    }
}
