/// What was asked of a run: all that its figures follow from, besides the contents of the model and the data.
public struct RunStatement: Codable, Hashable, Sendable {
    /// What reports call the hypothesis: its file, from the working directory.
    public var hypothesis: String
    /// The hypothesis, with every parameter put in.
    public var text: String
    /// By name, what stands in the text for `${name}`.
    public var parameters: [String: String]
    /// Folder of the model and file of the data, from the working directory, where they are others than the text names.
    public var model: String?
    public var data: String?
    /// The policy for unclaimed inputs of claims that state none, where it is another than the text's.
    public var others: String?
    /// What stands in for unclaimed inputs: `resample`, `zero`, `mean`, `mean:FEATURE`.
    public var ablation: String
    public var seed: UInt64
    public var samples: Int
    /// Every combination of draws, instead of samples.
    public var isExact: Bool
    /// Replicates are drawn until the interval of the share recovered is this narrow.
    public var width: Double?
    /// By what figures are told apart besides.
    public var groupings: [String]
    /// Whether each claim is made exact and unconditional in turn.
    public var attribution: Bool
    /// `cpu` or `opencl`.
    public var backend: String
    /// False where it is not measured how far whole outputs lie apart; nil where it is.
    public var distance: Bool?
    /// Of the factors of matrix products, `tf32` or `bf16`, and how values are kept for gathers, `f16`; nil for float32.
    public var precision: String?
    public var storage: String?

    /// By the names of the flags.
    private enum CodingKeys: String, CodingKey {
        case hypothesis, text, parameters, model, data, others, ablation, seed, samples, attribution, backend
        case distance, precision, storage
        case isExact = "exact"
        case width = "until_width"
        case groupings = "by"
    }

    public init(
        hypothesis: String, text: String, parameters: [String: String] = [:], model: String? = nil, data: String? = nil,
        others: String? = nil, ablation: String = "resample", seed: UInt64 = 0, samples: Int = 4000,
        isExact: Bool = false, width: Double? = nil, groupings: [String] = [], attribution: Bool = false,
        backend: String = "cpu", distance: Bool? = nil, precision: String? = nil, storage: String? = nil
    ) {
        self.hypothesis = hypothesis
        self.text = text
        self.parameters = parameters
        self.model = model
        self.data = data
        self.others = others
        self.ablation = ablation
        self.seed = seed
        self.samples = samples
        self.isExact = isExact
        self.width = width
        self.groupings = groupings
        self.attribution = attribution
        self.backend = backend
        self.distance = distance
        self.precision = precision
        self.storage = storage
    }
}
