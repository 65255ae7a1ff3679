internal import ScrubCore
internal import ScrubStore

/// What groups are called: their hypothesis, its parameters, and of all else what is not the same for all.
struct GroupNames {
    /// What tells groups apart besides hypothesis and parameters.
    struct Trait: Sendable {
        let name: String
        let value: @Sendable (RunGroup) -> String?

        private static let usual = [
            "others": "as written", "ablation": "resample", "precision": "exact", "storage": "f32",
            "distance": "measured",
        ]

        /// Whether a name is clear without it.
        func isUsual(_ value: String) -> Bool {
            Self.usual[name] == value
        }
    }

    /// What the files of all hypotheses have in front, with the slash; empty for none.
    let folder: String
    /// Names of parameters that any run has, in order of the alphabet.
    let parameters: [String]
    /// Those that vary.
    let traits: [Trait]

    init(_ groups: [RunGroup]) {
        let folders = Set(
            groups.map { group in
                let path = group.statement.hypothesis
                return path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            })
        folder = folders.count == 1 ? folders.first ?? "" : ""
        parameters = Set(groups.flatMap(\.statement.parameters.keys)).sorted()
        traits = Self.every.filter { trait in Set(groups.map(trait.value)).count > 1 }
    }

    private static let every = [
        Trait(name: "others") { $0.statement.others ?? "as written" },
        Trait(name: "ablation") { $0.statement.ablation },
        Trait(name: "model") { $0.statement.model },
        Trait(name: "data") { $0.statement.data },
        Trait(name: "samples") { $0.statement.isExact ? "all draws" : $0.statement.samples.grouped },
        Trait(name: "until width") { group in group.statement.width.map { "\($0)" } },
        Trait(name: "backend") { $0.statement.backend },
        Trait(name: "precision") { $0.statement.precision ?? "exact" },
        Trait(name: "storage") { $0.statement.storage ?? "f32" },
        Trait(name: "distance") { $0.statement.distance == false ? "not measured" : "measured" },
        Trait(name: "text") { $0.edition },
        Trait(name: "contents") { $0.contents },
    ]

    func hypothesis(_ statement: RunStatement) -> String { String(statement.hypothesis.dropFirst(folder.count)) }

    /// `1a.yaml, others random, layer 3`.
    ///
    /// - Parameter left: parameters that are left out.
    func name(_ group: RunGroup, without left: [String] = []) -> String {
        ([hypothesis(group.statement)] + policies(group, without: left)).joined(separator: ", ")
    }

    /// The same without the hypothesis; empty for a hypothesis as its file has it.
    func policies(_ group: RunGroup, without left: [String] = []) -> [String] {
        let statement = group.statement
        let chosen = parameters.filter { !left.contains($0) }
            .compactMap { name in statement.parameters[name].map { "\(name) \($0)" } }
        return chosen
            + traits.compactMap { trait in
                guard let value = trait.value(group), !trait.isUsual(value) else { return nil }
                return "\(trait.name) \(value)"
            }
    }
}
