import Testing

@Suite struct BadInputPlans {
    @Test(arguments: BadInputPlans.fileCases) func files(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputPlans.otherCases) func others(_ input: BadInput) throws { try input.check() }

    private static let run = BadInput.run + ["--plan", "p.json"]
    private static let notAPlan =
        "error: p.json: not a plan: expected an object with format \"scrubjay-plan\" and version"

    /// The plan with `new` for the first `old`.
    private static func plan(_ old: String, _ new: String, says message: String) -> BadInput {
        BadInput(new, run, says: message) {
            try $0.writePlan()
            try $0.replace(old, by: new, in: "p.json")
        }
    }

    private static let fileCases: [BadInput] = [
        BadInput("no plan", run, says: "error: p.json: no such file"),
        BadInput("not JSON", run, says: notAPlan) { try $0.folder.write("p.json", "hello") },
        BadInput("empty", run, says: notAPlan) { try $0.folder.write("p.json", "") },
        BadInput("a list", run, says: notAPlan) { try $0.folder.write("p.json", "[]") },
        BadInput("truncated", run, says: notAPlan) {
            try $0.writePlan()
            try $0.folder.write("p.json", $0.folder.bytes("p.json").prefix(3000))
        },
        plan(
            #""version" : 1"#, #""version" : 2"#,
            says: "error: p.json: a plan of version 2; this program reads version 1"),
        plan(
            #""scrubjay-plan""#, #""plan""#,
            says: "error: p.json: not a plan: its format is \"plan\", expected \"scrubjay-plan\""),
        plan(
            #""name" : "scrubbed""#, #""name" : "scrubbled""#,
            says: "error: p.json: the plan has no root \"scrubbed\""),
        plan(
            #""dataset" : 6"#, #""dataset" : 0"#,
            says: "error: p.json: the plan breaks a rule: P6: a chunk must hold at least one row"),
        plan(
            #""slice" : 0"#, #""slice" : 7"#,
            says:
                "error: model/weights.safetensors: tensor \"blocks.0.attn.W_Q\" has 2 elements on its first axis; the "
                + "plan reads element 7"),
        plan(
            #""slice" : 0"#, #""slice" : -1"#,
            says:
                "error: model/weights.safetensors: tensor \"blocks.0.attn.W_Q\" has 2 elements on its first axis; the "
                + "plan reads element -1"),
    ]

    /// A plan that does not compute what the hypothesis asks would give figures of something else under its name.
    private static let otherCases: [BadInput] = [
        BadInput(
            "a claim on another node", run,
            says:
                "error: p.json: a plan of another hypothesis: it draws reference, output/others, a0.h0, a0.h0/others, "
                + "a0.h0/q; this one draws reference, output/others, a0.h0, a0.h0/others, a0.h0/k"
        ) {
            try $0.writePlan()
            try $0.replace("q:", by: "k:", in: "h.yaml")
        },
        BadInput(
            "a claim by another feature", run,
            says:
                "error: p.json: a plan of another hypothesis: it draws a0.h0/q by the same word; this one draws "
                + "it by the same flag"
        ) {
            try $0.writePlan()
            try $0.replace("word", by: "flag", in: "h.yaml")
        },
        BadInput("another position", run, says: otherComputation) {
            try $0.writePlan()
            try $0.replace("at: last", by: "at: 0", in: "h.yaml")
        },
        BadInput("another loss", run, says: otherComputation) {
            try $0.writePlan()
            try $0.replace(
                "cross_entropy, at: last, label: label", by: "squared_error, at: last, label: model", in: "h.yaml")
        },
        BadInput("another kind of attention", run, says: otherComputation) {
            try $0.writePlan()
            try $0.replace("bidirectional", by: "causal", in: "model/config.json")
        },
    ]

    private static let otherComputation =
        "error: p.json: a plan of another hypothesis, model or --distance: it does not compute what this one asks"

    /// Chunks larger than the data are the data in one chunk, whatever their number.
    @Test(arguments: ["1099511627776", "9223372036854775807"]) func hugeChunks(_ rows: String) throws {
        let experiment = try SmallExperiment()
        try experiment.writePlan()
        try experiment.replace(#""dataset" : 6"#, by: #""dataset" : \#(rows)"#, in: "p.json")
        let result = try experiment.scrubjay(BadInput.run.dropLast() + ["--plan", "p.json"])
        #expect(result.status == 0)
        #expect(result.output.contains(", at most 1 MiB, "))
    }

    /// The limit holds for a plan that was made without one.
    @Test func aLimitThatThePlanDoesNotKeep() throws {
        let experiment = try SmallExperiment()
        try experiment.writePlan()
        let result = try experiment.scrubjay(Self.run + ["--memory-limit", "1K"])
        #expect(result.errors.hasPrefix("error: the run needs at least "))
        #expect(
            result.errors.hasSuffix(" KiB, the memory limit is 1 KiB; raise --memory-limit or take fewer samples\n"))
        #expect(result.status == 2)
    }
}
