import Foundation
import Testing

/// Places where nothing can be written, which are faults of the file system (exit status 3).
@Suite struct BadInputOutputs {
    @Test(arguments: BadInputOutputs.cases) func outputs(_ input: BadInput) throws { try input.check() }

    private static let cases: [BadInput] = [
        .flags(
            "--json", "no/out.json", says: "error: no/out.json: cannot write: the folder does not exist", status: 3),
        .flags(
            "--export-samples", "no/t.npz", says: "error: no/t.npz: cannot write: the folder does not exist", status: 3),
        .flags("--json", "model", says: "error: model: is a folder, expected a file"),
        .flags("--json", "h.yaml", says: "error: --json names a file that is read, which would be lost: h.yaml"),
        .flags(
            "--export-samples", "./model/weights.safetensors",
            says: "error: --export-samples names a file that is read, which would be lost: ./model/weights.safetensors"),
        BadInput(
            "explain --plan", ["explain", "h.yaml", "--backend", "cpu", "--plan", "p", "--dot", "p"],
            says: "error: --plan and --dot name the same file"),
        BadInput(
            "plan --json", ["plan", "h.yaml", "--backend", "cpu", "--json", "./model/config.json"],
            says: "error: --json names a file that is read, which would be lost: ./model/config.json"),
        BadInput(
            "explain --plan", ["explain", "h.yaml", "--backend", "cpu", "--plan", "no/p.json"],
            says: "error: no/p.json: cannot write: the folder does not exist", status: 3),
        BadInput(
            "explain --circuit", ["explain", "h.yaml", "--backend", "cpu", "--circuit", "no/c.json"],
            says: "error: no/c.json: cannot write: the folder does not exist", status: 3),
        BadInput(
            "no Graphviz", ["explain", "h.yaml", "--backend", "cpu", "--svg", "claims.svg"], environment: ["PATH": "."],
            says: "error: --svg takes Graphviz, and there is no dot on the PATH: install it (apt install graphviz), or "
                + "take --dot, which needs nothing", status: 3),
    ]

    /// What is no ordinary file (a pipe, `/dev/stdout`) is written to, not replaced by a file of its name.
    @Test func aDeviceIsWrittenToAndStays() throws {
        let experiment = try SmallExperiment()
        let link = experiment.folder.path("out.json")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
        #expect(try experiment.scrubjay(BadInput.run + ["--json", "out.json"]).status == 0)
        #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == "/dev/null")
    }
}
