import Foundation
import ScrubCore
import ScrubStore
import Testing

/// The line that repeats a run.
@Suite struct RunStatementTests {
    @Test func defaultsAreLeftOut() {
        #expect(
            RunStatement(hypothesis: "head.yaml", text: "").command
                == "scrubjay run head.yaml --seed 0 --samples 4000 --backend cpu")
        #expect(
            RunStatement(hypothesis: "h.yaml", text: "", seed: 3, samples: 5, isExact: true).command
                == "scrubjay run h.yaml --exact --backend cpu")
    }

    @Test func everythingStatedIsThere() {
        let statement = RunStatement(
            hypothesis: "-my head.yaml", text: "", parameters: ["layer": "1", "feature": "a = 'b'"], model: "m/",
            data: "d.npz", others: "each", ablation: "mean:count > 1", seed: 3, samples: 40000, width: 0.01,
            groupings: ["a, b", "-x"], attribution: true, backend: "opencl", distance: false, precision: "bf16",
            storage: "f16")
        #expect(
            statement.command
                == #"scrubjay run './-my head.yaml' --set 'feature=a = '\''b'\''' --set layer=1 --model m/ --data d.npz"#
                + #" --others each --seed 3 --samples 40000 --until-width 0.01 --ablation 'mean:count > 1' --by 'a, b'"#
                + #" --by=-x --attribution --no-distance --precision bf16 --storage f16 --backend opencl"#)
    }

    /// What the shell reads is what was quoted.
    @Test(arguments: ["", "a b", "it's", "$HOME", "`x`", "\\", "*", "a\nb", "~", "é", "a;b", "\"", "!", "{a,b}", "#"])
    func theShellReadsWordsBack(_ word: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "printf %s \(shellQuoted(word))x"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let printed = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(printed == word + "x")
    }
}
