import Testing

@Suite struct BadInputFlags {
    @Test(arguments: BadInputFlags.numberCases) func numbers(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputFlags.memoryCases) func memory(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputFlags.thresholdCases) func thresholds(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputFlags.commandCases) func commands(_ input: BadInput) throws { try input.check() }

    private static let numberCases: [BadInput] = [
        .flags("--samples", "0", says: "error: --samples is 0, expected 1 to 2147483647"),
        .flags("--samples", "-5", says: "error: --samples is -5, expected 1 to 2147483647"),
        .flags(
            "--samples", "9223372036854775807",
            says: "error: --samples is 9223372036854775807, expected 1 to 2147483647"),
        BadInput(
            "explain --samples 9223372036854775807",
            ["explain", "h.yaml", "--backend", "cpu", "--samples", "9223372036854775807"],
            says: "error: --samples is 9223372036854775807, expected 1 to 2147483647"),
        .flags(
            "--samples", "many",
            says: """
                Error: The value 'many' is invalid for '--samples <samples>'
                Help:  --samples <samples>  Replicates to draw.
                Usage: scrubjay run [<options>] <hypotheses> ...
                  See 'scrubjay run --help' for more information.
                """),
        .flags(
            "--seed", "-1",
            says: """
                Error: The value '-1' is invalid for '--seed <seed>'
                Help:  --seed <seed>  Seed of the draws; the same seed gives the same draws on any machine and backend.
                Usage: scrubjay run [<options>] <hypotheses> ...
                  See 'scrubjay run --help' for more information.
                """),
        .flags("--threads", "0", says: "error: --threads is 0, expected 1 to 1024"),
        BadInput(
            "inspect --positions 0", ["inspect", "model", "--positions", "0"],
            says: "error: --positions is 0, expected 1 or more"),
        BadInput(
            "inspect --positions 9", ["inspect", "model", "--positions", "9"],
            says: "error: --positions is 9; the model's n_ctx is 4"),
    ]

    private static func size(_ text: String) -> BadInput {
        .flags(
            "--memory-limit=\(text)",
            says:
                "error: --memory-limit is \"\(text)\", expected a whole number of bytes, or of K, M or G, such as 512M or 4G"
        )
    }

    private static let memoryCases: [BadInput] = [
        size("4X"), size("0"), size("-1G"), size("1.5G"), size("G"), size("99999999999G"),
        .flags(
            "--samples", "1000", "--threads", "1", "--memory-limit", "1K",
            says: "error: the run needs at least 85 KiB, the memory limit is 1 KiB; raise --memory-limit or take fewer "
                + "samples"),
        // Told before anything is drawn: drawing takes minutes here, and more memory than the limit.
        .flags(
            "--samples", "100000000", "--memory-limit", "64M", "--by", "1",
            says: "error: the run needs at least 3,438 MiB, the memory limit is 64 MiB; raise --memory-limit or take "
                + "fewer samples"),
    ]

    private static func threshold(_ text: String) -> BadInput {
        .flags(
            "--require", text,
            says:
                "error: --require is \"\(text)\", expected recovered, scrubbed, model or baseline, then >= or <=, then "
                + "a number")
    }

    private static let thresholdCases: [BadInput] = [
        threshold("recovered"), threshold("recovered > 0.8"), threshold("recoverd >= 0.8"),
        threshold("recovered >= much"), threshold("recovered >= nan"),
        .flags(
            "--require", "recovered >= 0.99",
            says: "h.yaml: recovered >= 0.99 is not met: the lower end of its interval is -6.25101", status: 1),
        .flags(
            "--require", "model >= 0", "--require", "recovered >= 0.99", "--require", "model <= 0",
            says: "h.yaml: recovered >= 0.99 is not met: the lower end of its interval is -6.25101\n"
                + "h.yaml: model <= 0 is not met: the upper end of its interval is 1.62201", status: 1),
    ]

    private static let commandCases: [BadInput] = [
        BadInput("no such hypothesis", ["run", "nope.yaml"], says: "error: nope.yaml: no such file"),
        BadInput("a folder for a hypothesis", ["run", "model"], says: "error: model: is a folder, expected a file"),
        BadInput("explain of nothing", ["explain", "nope.yaml"], says: "error: nope.yaml: no such file"),
        BadInput("inspect of nothing", ["inspect", "nope"], says: "error: nope: no such folder"),
        BadInput(
            "no such command", ["rnu"],
            says: """
                Error: Unexpected argument 'rnu'
                Usage: scrubjay <subcommand>
                  See 'scrubjay --help' for more information.
                """),
        BadInput(
            "no such flag", ["run", "h.yaml", "--sample", "5"],
            says: """
                Error: Unknown option '--sample'. Did you mean '--samples'?
                Usage: scrubjay run [<options>] <hypotheses> ...
                  See 'scrubjay run --help' for more information.
                """),
        BadInput(
            "no hypothesis", ["run"],
            says: """
                Error: Missing expected argument '<hypotheses> ...'
                Help:  <hypotheses>  Hypothesis files.
                Usage: scrubjay run [<options>] <hypotheses> ...
                  See 'scrubjay run --help' for more information.
                """),
        BadInput(
            "samples of two hypotheses to one file", ["run", "h.yaml", "h.yaml", "--export-samples", "t.npz"],
            says: "error: --export-samples takes one hypothesis, found 2"),
        BadInput(
            "no such case", ["selftest", "--backend", "cpu", "--case", "nosuch"],
            says: "error: no conformance case \"nosuch\"; there are absoluteError, activation, attention, "
                + "attentionPattern, binaryCrossEntropy, crossEntropy, difference, embed, expectedBinaryCrossEntropy, "
                + "expectedCrossEntropy, expectedLabelScore, expectedSquaredError, gather, klDivergence, labelLogit, labelScore, "
                + "layerNorm, linear, lookup, mergePositions, mergeSources, mixValues, outer, paddingMask, product, resampleGather, selectPositions, squaredError, sum, plan, model"
        ),
    ]
}
