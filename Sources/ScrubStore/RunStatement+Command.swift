internal import ScrubCore

extension RunStatement {
    /// The arguments that repeat the run: of `scrubjay`, from the same working directory.
    public var arguments: [String] {
        // A word that begins with - would be an option.
        var arguments = ["run", hypothesis.hasPrefix("-") ? "./" + hypothesis : hypothesis]
        func add(_ flag: String, _ value: String?) {
            guard let value else { return }
            arguments += value.hasPrefix("-") ? ["\(flag)=\(value)"] : [flag, value]
        }
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) { add("--set", "\(name)=\(value)") }
        add("--model", model)
        add("--data", data)
        add("--others", others)
        if isExact {
            arguments.append("--exact")
        } else {
            add("--seed", String(seed))
            add("--samples", String(samples))
            add("--until-width", width.map { "\($0)" })
        }
        if ablation != "resample" { add("--ablation", ablation) }
        for grouping in groupings { add("--by", grouping) }
        if attribution { arguments.append("--attribution") }
        if distance == false { arguments.append("--no-distance") }
        add("--precision", precision)
        add("--storage", storage)
        add("--backend", backend)
        return arguments
    }

    /// What repeats the run in a shell.
    public var command: String { (["scrubjay"] + arguments).map(shellQuoted).joined(separator: " ") }
}
