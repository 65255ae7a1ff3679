public import ScrubCore

/// A model folder that cannot be used.
public enum ModelError: Diagnostic, Equatable {
    case noSuchFolder(String)
    case notAFolder(String)
    case noFolder(String)
    case noWeights(String)
    case missingKey(file: String, key: String)
    case unknownKey(file: String, key: String, perhaps: [String])
    case value(file: String, key: String, found: String, expected: String)
    case missingTensor(folder: String, name: String, perhaps: [String])
    case slice(file: String, name: String, slices: Int, found: Int)
    case shape(file: String, name: String, found: [Int], expected: [Int])
    case type(file: String, name: String, found: String)
    case notFinite(file: String, name: String, index: Int, value: String)
    case duplicateTensor(name: String, first: String, second: String)
    case tooLong(column: String, positions: Int, limit: Int)

    public var location: SourceLocation? {
        switch self {
        case .noSuchFolder(let path), .notAFolder(let path), .noFolder(let path), .noWeights(let path),
            .missingTensor(let path, _, _):
            SourceLocation(file: path)
        case .missingKey(let file, _), .unknownKey(let file, _, _), .value(let file, _, _, _),
            .slice(let file, _, _, _),
            .shape(let file, _, _, _), .type(let file, _, _), .notFinite(let file, _, _, _):
            SourceLocation(file: file)
        case .duplicateTensor(_, _, let second): SourceLocation(file: second)
        case .tooLong: nil
        }
    }

    /// Whether the path itself is wrong, not what is in the folder.
    public var isAboutTheFolder: Bool {
        switch self {
        case .noSuchFolder, .notAFolder: true
        default: false
        }
    }

    public var message: String {
        switch self {
        case .noSuchFolder: "no such folder"
        case .notAFolder: "is a file, expected a folder"
        case .noFolder: "not a model folder: no config.json in it"
        case .noWeights: "no *.safetensors file in the model folder"
        case .missingKey(_, let key): "the configuration has no \"\(key)\""
        case .unknownKey(_, let key, let perhaps):
            "unknown configuration key \"\(key)\""
                + (perhaps.isEmpty ? "" : "; perhaps \(perhaps.joined(separator: ", "))")
        case .value(_, let key, let found, let expected): "\"\(key)\" is \(found), expected \(expected)"
        case .missingTensor(_, let name, let perhaps):
            "no tensor \"\(name)\"" + (perhaps.isEmpty ? "" : "; perhaps \(perhaps.joined(separator: ", "))")
        case .slice(_, let name, let slices, let found):
            "tensor \"\(name)\" has \(slices) elements on its first axis; the plan reads element \(found)"
        case .shape(_, let name, let found, let expected): "tensor \"\(name)\" has shape \(found), expected \(expected)"
        case .type(_, let name, let found): "tensor \"\(name)\" is \(found), expected a floating-point type"
        case .notFinite(_, let name, let index, let value): "tensor \"\(name)\" holds \(value) at element \(index)"
        case .duplicateTensor(let name, let first, _): "tensor \"\(name)\" is also in \(first)"
        case .tooLong(let column, let positions, let limit):
            "\"\(column)\" has \(positions) positions; the model's n_ctx is \(limit)"
        }
    }
}
