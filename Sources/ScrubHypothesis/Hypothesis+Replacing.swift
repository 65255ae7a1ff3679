extension Hypothesis {
    /// The model's folder, from the working directory.
    public var modelFolder: Located<String> { otherModel ?? Located(resolve(model.value), model.location) }

    /// The data's file, from the working directory.
    public var dataFile: Located<String> { otherData ?? Located(resolve(data.file.value), data.file.location) }

    /// The same claims about another model, on other data, with another policy for claims that state none.
    ///
    /// - Parameters:
    ///   - model: the folder, from the working directory; nil for the file's.
    ///   - data: the file, from the working directory; nil for the file's. Its columns and rows are read as the file says.
    ///   - others: the policy; nil for the file's.
    /// - Throws: `HypothesisError.othersStated`, where no claim takes the policy.
    public func replacing(
        model: Located<String>? = nil, data: Located<String>? = nil, others: OthersPolicy? = nil
    ) throws(HypothesisError) -> Hypothesis {
        var hypothesis = self
        hypothesis.otherModel = model ?? otherModel
        hypothesis.otherData = data ?? otherData
        guard let others else { return hypothesis }
        guard circuit != nil || interpretation.leavesOthers else { throw .othersStated(file: file) }
        hypothesis.others = others
        return hypothesis
    }
}

extension Claim {
    /// Whether it or a claim below it has inputs and takes the file's policy for the rest of them.
    fileprivate var leavesOthers: Bool {
        (!inputs.isEmpty && others == nil) || inputs.contains(where: \.leavesOthers)
    }
}

extension OthersPolicy {
    /// The policies that one word names: `random`, `each`, `together` and `exact`.
    public static let words = ["random", "each", "together", "exact"]

    /// The policy that a word of `words` names; `together` is one draw for every claim.
    ///
    /// - Parameter word: the word.
    public init?(word: String) {
        switch word {
        case "random": self = .random
        case "each": self = .each
        case "together": self = .together("others")
        case "exact": self = .exact
        default: return nil
        }
    }
}
