/// How a step's kernel is made: with these values of its tunables, or by a library in its place. No choice changes what is
/// computed by more than its rounding.
public enum KernelChoice: Hashable, Sendable, CustomStringConvertible {
    /// A kernel of this library, with tunables that differ from their standard values.
    case own([String: Int])
    /// A kernel of this library on a GPU's tensor cores, with tunables that differ from their standard values.
    case tensorCores([String: Int])
    /// CLBlast, with its own parameters.
    case clblast

    /// `ACROSS=1 DOWN=16`, `tensor cores, ACROSS=2 DOWN=2`, or `CLBlast`.
    public var description: String {
        switch self {
        case .own(let defines): Self.text(defines)
        case .tensorCores(let defines): "tensor cores, \(Self.text(defines))"
        case .clblast: "CLBlast"
        }
    }

    private static func text(_ defines: [String: Int]) -> String {
        defines.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }

    /// Whether a kernel may be made so: every define a tunable of its file with a legal value.
    public func isLegal(for kernel: TunableKernel) -> Bool {
        let (path, defines): (String?, [String: Int])
        switch self {
        case .own(let own): (path, defines) = (kernel.path, own)
        case .tensorCores(let own): (path, defines) = (kernel.tensorPath, own)
        case .clblast: return kernel == .linear
        }
        guard let path else { return false }
        let tunables = KernelFile.all[path]?.tunables ?? []
        return defines.allSatisfy { define in
            tunables.contains { $0.name == define.key && $0.legal.contains(define.value) }
        }
    }
}

extension KernelChoice: Codable {
    private enum CodingKeys: String, CodingKey { case defines, library, unit }
    private enum Library: String, Codable { case clblast }
    private enum Unit: String, Codable { case tensor }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if try container.decodeIfPresent(Library.self, forKey: .library) != nil {
            self = .clblast
        } else {
            let defines = try container.decode([String: Int].self, forKey: .defines)
            let unit = try container.decodeIfPresent(Unit.self, forKey: .unit)
            self = unit == .tensor ? .tensorCores(defines) : .own(defines)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .own(let defines): try container.encode(defines, forKey: .defines)
        case .tensorCores(let defines):
            try container.encode(defines, forKey: .defines)
            try container.encode(Unit.tensor, forKey: .unit)
        case .clblast: try container.encode(Library.clblast, forKey: .library)
        }
    }
}
