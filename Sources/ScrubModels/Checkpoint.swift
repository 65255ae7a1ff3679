internal import Foundation
public import ScrubCore

/// A model on disk: a folder with `config.json` and the `*.safetensors` files that hold its weights, memory-mapped.
public struct Checkpoint: Sendable {
    public let folder: String
    public let configuration: ModelConfiguration
    private let tensors: [String: (file: String, array: FileArray)]

    /// Opens the folder and validates the headers; no weight is read yet.
    ///
    /// - Throws: `ModelError`, `GraphModelError`, `FileError`, `JSONError`, `SafetensorsError`.
    public init(folder: String) throws {
        self.folder = folder
        let configuration = Self.configurationFile(in: folder)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            throw ModelError.noSuchFolder(folder)
        }
        guard isFolder.boolValue else { throw ModelError.notAFolder(folder) }
        guard FileManager.default.fileExists(atPath: configuration) else { throw ModelError.noFolder(folder) }
        self.configuration = try ModelConfiguration(contentsOf: configuration)
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasSuffix(".safetensors")
        }
        if files.isEmpty && self.configuration.hasWeights { throw ModelError.noWeights(folder) }

        var tensors: [String: (file: String, array: FileArray)] = [:]
        for file in files.sorted() {
            let path = folder + "/" + file
            let safetensors = try Safetensors(path)
            for name in safetensors.names {
                guard let array = safetensors[name] else { continue }
                if let first = tensors[name] {
                    throw ModelError.duplicateTensor(name: name, first: first.file, second: path)
                }
                tensors[name] = (path, array)
            }
        }
        self.tensors = tensors
    }

    /// Where its configuration is.
    var configurationFile: String { Self.configurationFile(in: folder) }

    private static func configurationFile(in folder: String) -> String { folder + "/config.json" }

    /// Every tensor's name, sorted.
    public var names: [String] { tensors.keys.sorted() }

    public func has(_ name: String) -> Bool { tensors[name] != nil }

    /// Throws unless the tensor exists, is of a floating-point type, and has `sizes`.
    public func check(_ name: String, sizes: [Int]) throws(ModelError) {
        guard let (file, array) = tensors[name] else {
            throw .missingTensor(folder: folder, name: name, perhaps: suggestions(for: name, among: names))
        }
        guard array.sizes == sizes else { throw .shape(file: file, name: name, found: array.sizes, expected: sizes) }
        switch array.element {
        case .float16, .bfloat16, .float32, .float64: break
        default: throw .type(file: file, name: name, found: array.element.rawValue)
        }
    }

    /// A weight as the plan binds it: the whole tensor, or one element of its first axis.
    ///
    /// - Throws: `ModelError` when it is missing or holds a value that is not finite.
    public func weight(_ name: String, slice: Int?) throws -> HostTensor {
        guard let (file, array) = tensors[name] else {
            throw ModelError.missingTensor(folder: folder, name: name, perhaps: suggestions(for: name, among: names))
        }
        let values = try array.floats()
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            throw ModelError.notFinite(file: file, name: name, index: index, value: "\(values[index])")
        }
        guard let slice else { return HostTensor(array.sizes, values) }
        guard let slices = array.sizes.first, (0..<slices).contains(slice) else {
            throw ModelError.slice(file: file, name: name, slices: array.sizes.first ?? 0, found: slice)
        }
        let sizes = Array(array.sizes.dropFirst())
        let count = sizes.reduce(1, *)
        return HostTensor(sizes, Array(values[slice * count..<(slice + 1) * count]))
    }
}
