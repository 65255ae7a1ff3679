import Testing

/// Flags that ask for figures which cannot be.
@Suite struct BadInputFigures {
    @Test(arguments: BadInputFigures.cases) func figures(_ input: BadInput) throws { try input.check() }

    private static let cases: [BadInput] = [
        .flags("--by", "label,,label", says: "error: --by \"label,,label\": expression 2 is empty"),
        .flags("--until-width", "0", says: "error: --until-width is 0.0, expected a number above 0, such as 0.01"),
        .flags("--until-width", "nan", says: "error: --until-width is nan, expected a number above 0, such as 0.01"),
        .flags(
            "--until-width", "0.1", "--exact",
            says: "error: --until-width takes no --exact: it decides how many samples are drawn"),
        .flags(
            "--attribution", "--replay", "rows.npz",
            says: "error: --attribution takes no --replay: it draws what the file does not hold"),
        .flags("--outputs", says: "error: --outputs needs --export-samples, where they are written"),
        .flags("--json", "out", "--csv", "./out", says: "error: --json and --csv name the same file"),
        .flags(
            "--json", "out", "--export-samples", "out", says: "error: --json and --export-samples name the same file"),
        BadInput(
            "coverage --runs 0", ["coverage", "h.yaml", "--backend", "cpu", "--runs", "0"],
            says: "error: --runs is 0, expected 1 or more"),
        BadInput(
            "coverage --truth-samples 0", ["coverage", "h.yaml", "--backend", "cpu", "--truth-samples", "0"],
            says: "error: --truth-samples is 0, expected 1 to 2147483647"),
        BadInput(
            "coverage --exact", ["coverage", "h.yaml", "--backend", "cpu", "--exact"],
            says: "error: coverage takes no --exact: it runs both ways"),
    ]
}
