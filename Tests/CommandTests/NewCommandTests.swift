import Foundation
import Scrubjay
import Testing

/// `new` writes hypotheses that run.
@Suite struct NewCommandTests {
    /// Every model folder of the repository, and of the folder of models beside it, where there is one.
    static let models: [String] = ["Benchmarks", "docs", "../shared/models"].flatMap { root in
        let folder = URL(filePath: "\(DocsPage.repository)/\(root)").standardized.path
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let found = files.filter { $0.hasSuffix("/config.json") && !$0.contains("docs/tutorial/wrong") }
        return found.map { "\(folder)/\($0.dropLast("/config.json".count))" }
    }.filter { (try? Checkpoint(folder: $0)) != nil }.sorted()

    /// The data files in a model's folder and the one above.
    private func data(of model: String) throws -> [String] {
        let above = URL(filePath: model).deletingLastPathComponent().path
        return try [model, above].flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
        }.filter { [".npz", ".jsonl", ".csv"].contains(where: $0.hasSuffix) }
    }

    @Test(arguments: models) func whatIsWrittenRuns(_ model: String) throws {
        let folder = try Folder()
        func run() throws {
            let result = try Program.run(
                ["run", "h.yaml", "--samples", "20", "--backend", "cpu", "--quiet"], in: folder.path)
            #expect(result.status == 0, "\(result.errors)\n\((try? folder.text("h.yaml")) ?? "")")
        }
        var written = 0
        for file in try data(of: model) {
            let arguments = ["new", model, "--data", file, "-o", "h.yaml", "--force"]
            // Data of another model, which lies beside it, is refused.
            guard try Program.run(arguments, in: folder.path).status == 0 else { continue }
            written += 1
            try run()
        }
        let isTransformer =
            if case .transformer = try Checkpoint(folder: model).configuration { true } else { false }
        if isTransformer {
            let result = try Program.run(["new", model, "-o", "h.yaml", "--force"], in: folder.path)
            #expect(result.status == 0, "\(result.errors)")
            written += 1
            try run()
        }
        #expect(written > 0)
    }

    @Test func whatModelAndDataTellIsThere() throws {
        let place = try SmallExperiment()
        let result = try place.scrubjay(["new", "model", "--data", "data.jsonl"])
        #expect(result.status == 0 && result.errors == "")
        #expect(
            result.output.hasPrefix("hypothesis.yaml: a first hypothesis. `scrubjay run hypothesis.yaml` runs it.\n"))
        let text = try place.folder.text("hypothesis.yaml")
        for line in [
            "#   tokens embed", "#   layer 0: a0.h0 a0.h1 m0", "model: model", "data: data.jsonl",
            "behaviour: {measure: cross_entropy, at: 0, label: label}",
            "# behaviour: {measure: mean_squared_error, at: all, label: model}", "    a0.h1: {same: flag}",
            "    # a0.h1: {same: word}", "  others: random",
        ] {
            #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)\n\(text)")
        }
    }

    /// Paths are as the file has to name them.
    @Test func pathsAreRelativeToTheFile() throws {
        let place = try SmallExperiment()
        try place.folder.makeFolder("a/b")
        #expect(try place.scrubjay(["new", "model", "--data", "data.jsonl", "-o", "a/b/h.yaml"]).status == 0)
        #expect(try place.folder.text("a/b/h.yaml").contains("\nmodel: ../../model\ndata: ../../data.jsonl\n"))
        #expect(try place.scrubjay(["run", "a/b/h.yaml", "--samples", "5", "--quiet"]).status == 0)
    }

    @Test func nothingIsWrittenOver() throws {
        let place = try SmallExperiment()
        let before = try place.folder.text("h.yaml")
        let refused = try place.scrubjay(["new", "model", "-o", "h.yaml"])
        #expect(refused.status == 2)
        #expect(
            refused.errors
                == "error: h.yaml is there already: write it over with --force, or name another with --output\n")
        #expect(try place.folder.text("h.yaml") == before)
        try place.folder.write("i-data.jsonl", "mine")
        let data = try place.scrubjay(["new", "model", "-o", "i.yaml"])
        #expect(
            data.errors
                == "error: i-data.jsonl is there already: write it over with --force, or name another with --output\n")
        #expect(try place.folder.text("i-data.jsonl") == "mine")
        #expect(try place.scrubjay(["new", "model", "-o", "i.yaml", "--force"]).status == 0)
        #expect(try place.folder.text("i-data.jsonl") != "mine")
    }

    @Test(arguments: [
        (["new", "nope"], "error: nope: no such folder", 2 as Int32),
        (["new", "model", "--data", "nope.csv"], "error: --data: the dataset 'nope.csv': no such file", 2),
        (["new", "model", "-o", "h.txt"], "error: --output is \"h.txt\", expected a name that ends with .yaml", 2),
        (
            ["new", "model", "-o", "nowhere/h.yaml"],
            "error: nowhere/h.yaml: cannot write: the folder does not exist", 3
        ),
        (
            ["new", "model", "--data", "other.csv"],
            "error: other.csv: no column \"tokens\" for the tokens; columns are a, b", 2
        ),
        (
            ["new", "graph"], "error: 'graph' is a graph, which reads columns of its own: give --data", 2
        ),
    ])
    func badInputIsTold(_ arguments: [String], _ message: String, _ status: Int32) throws {
        let place = try SmallExperiment()
        try place.folder.write("other.csv", "a,b\n1,2\n3,4\n")
        try place.folder.makeFolder("graph")
        let graph = "\(DocsPage.repository)/docs/tutorial/graph"
        for name in try FileManager.default.contentsOfDirectory(atPath: graph) {
            try FileManager.default.copyItem(atPath: "\(graph)/\(name)", toPath: place.folder.path("graph/\(name)"))
        }
        let result = try place.scrubjay(arguments)
        #expect(result.errors == message + "\n")
        #expect(result.status == status)
    }
}
