import Testing

@Suite struct BadInputParameters {
    @Test(arguments: BadInputParameters.cases) func parameters(_ input: BadInput) throws { try input.check() }

    /// A hypothesis with parameters, run with flags.
    private static func flags(_ flags: String..., says message: String) -> BadInput {
        BadInput(flags.joined(separator: " "), BadInput.run + flags, says: message) {
            try $0.replace("a0.h0", by: "a0.h${head}", in: "h.yaml")
            try $0.replace("same: small", by: "same: ${feature}", in: "h.yaml")
        }
    }

    private static let cases: [BadInput] = [
        flags(says: "error: h.yaml:9:9: the parameter \"head\" has no value: give it with --set head=VALUE"),
        flags(
            "--set", "head=0",
            says: "error: h.yaml:10:13: the parameter \"feature\" has no value: give it with --set feature=VALUE"),
        flags(
            "--set", "head=0", "--set", "feature=small", "--set", "haed=1",
            says: "error: --set haed: no hypothesis has ${haed}, perhaps ${head}; parameters are feature, head"),
        flags("--set", "head", says: "error: --set is \"head\", expected NAME=VALUE, such as layer=1"),
        flags("--set", "1=2", says: "error: --set is \"1=2\", expected NAME=VALUE, such as layer=1"),
        flags("--set", "head=0", "--set", "head=1", says: "error: --set gives head twice"),
        // The place is that of the text as written.
        flags(
            "--set", "head=00001", "--set", "feature=nope",
            says:
                "error: h.yaml:9:5: no node \"a0.h00001\", perhaps a0.h0, a0.h1; parts of \"logits\" are input, norm; "
                + "nodes are tokens, embed, a0.h0 to a0.h1, m0, logits"),
        flags(
            "--set", "head=0", "--set", "feature=a\nb",
            says: "error: h.yaml:10:13: \"${feature}\" is text of several lines, expected one line"),
        .flags("--set", "x=1", says: "error: --set x: no hypothesis has ${x}; they have no parameters"),
        .flags("--data", "nope.csv", says: "error: --data: the dataset 'nope.csv': no such file"),
        .hypothesis(
            "same: small", "same: ${small",
            says: "error: h.yaml:10:13: \"${\" opens no parameter: expected a name and \"}\", such as ${layer}; "
                + "$${ stands for ${ itself"),
        BadInput(
            "others stated everywhere", BadInput.run + ["--others", "each"],
            says: "error: h.yaml: every claim states its own others, so that another policy would change nothing"
        ) { try $0.replace("same: small\n", by: "same: small\n      others: exact\n", in: "h.yaml") },
    ]
}
