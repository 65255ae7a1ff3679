/// How a step's kernel is made: with these values of its tunables, or by a library in its place. No choice changes what is
/// computed by more than its rounding.
public enum KernelChoice: Hashable, Sendable, CustomStringConvertible {
    /// A kernel of this library, with tunables that differ from their standard values.
    case own([String: Int])
    /// CLBlast, with its own parameters.
    case clblast

    /// `ACROSS=1 DOWN=16`, or `CLBlast`.
    public var description: String {
        switch self {
        case .own(let defines):
            defines.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        case .clblast: "CLBlast"
        }
    }

    /// Whether a kernel may be made so: every define a tunable of its file with a legal value.
    public func isLegal(for kernel: TunableKernel) -> Bool {
        guard case .own(let defines) = self else { return kernel == .linear }
        let tunables = KernelFile.all[kernel.path]?.tunables ?? []
        return defines.allSatisfy { define in
            tunables.contains { $0.name == define.key && $0.legal.contains(define.value) }
        }
    }
}

extension KernelChoice: Codable {
    private enum CodingKeys: String, CodingKey { case defines, library }
    private enum Library: String, Codable { case clblast }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if try container.decodeIfPresent(Library.self, forKey: .library) != nil {
            self = .clblast
        } else {
            self = .own(try container.decode([String: Int].self, forKey: .defines))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .own(let defines): try container.encode(defines, forKey: .defines)
        case .clblast: try container.encode(Library.clblast, forKey: .library)
        }
    }
}
