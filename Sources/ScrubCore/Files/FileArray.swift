/// A named array in a file, row-major: decoded when it is asked for.
public struct FileArray: Sendable {
    public let name: String
    public let element: FileElement
    /// Sizes, outermost first; empty for a single number. Their product fits in Int.
    public let sizes: [Int]
    /// The file it comes from, for messages.
    public let path: String
    /// The number of elements.
    public let count: Int
    private let storage: Storage

    enum Storage: Sendable {
        case mapped(MappedFile, Range<Int>)
        case owned([UInt8], Range<Int>)
    }

    /// The caller has checked that the range holds exactly `count` elements and lies inside the bytes.
    init(name: String, element: FileElement, sizes: [Int], count: Int, path: String, storage: Storage) {
        self.name = name
        self.element = element
        self.sizes = sizes
        self.count = count
        self.path = path
        self.storage = storage
    }

    /// Calls `body` with the stored bytes, `count * element.size` of them, not necessarily aligned.
    public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        switch storage {
        case .mapped(let file, let range):
            return try file.withBytes { (bytes) throws(E) in try body(UnsafeRawBufferPointer(rebasing: bytes[range])) }
        case .owned(let bytes, let range):
            return try bytes.withBytes { (bytes) throws(E) in
                try body(UnsafeRawBufferPointer(rebasing: bytes[range]))
            }
        }
    }
}

/// Why the elements of an array in a file are not the numbers that were asked for.
public enum FileArrayError: Diagnostic, Hashable {
    /// Integers were asked of an array of reals.
    case notIntegers(path: String, name: String, element: FileElement)
    /// The element at flat `index` has no exact counterpart (an integer), or is beyond the range (a real).
    case unrepresentable(path: String, name: String, element: FileElement, index: Int, value: String, wanted: String)

    public var location: SourceLocation? {
        switch self {
        case .notIntegers(let path, _, _), .unrepresentable(let path, _, _, _, _, _): SourceLocation(file: path)
        }
    }

    public var message: String {
        switch self {
        case .notIntegers(_, let name, let element):
            "array '\(name)' holds \(element.rawValue), expected integers or booleans"
        case .unrepresentable(_, let name, let element, let index, let value, let wanted):
            "element \(index) of array '\(name)' is \(value) (\(element.rawValue)), which \(wanted) cannot hold"
        }
    }
}
