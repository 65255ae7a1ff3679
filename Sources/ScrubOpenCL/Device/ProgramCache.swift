internal import Glibc
internal import ScrubCore

/// A folder in which compiled kernels outlive the process.
///
/// A file is named by what it was made from, so that nothing in it is ever out of date, and begins with the digest of
/// the rest, so that a damaged one is seen. Whatever is wrong with the folder costs time, never a run: a file that cannot
/// be read is made anew, one that cannot be written is not kept. With `SCRUBJAY_DEBUG` set, standard error says why.
public struct ProgramCache: Hashable, Sendable {
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// The user's: `programs` in the `CacheFolder`.
    public static let standard = ProgramCache { name in getenv(name).map { String(cString: $0) } }

    /// The same in another environment; nil where none of the variables is set.
    public init?(environment: (_ name: String) -> String?) {
        guard let cache = CacheFolder(environment: environment) else { return nil }
        self.init(folder: cache.file("programs"))
    }

    /// The name of a program's file: the digest of its text, the build's options, the device, its driver and platform.
    static func name(text: String, options: String, device: OpenCLDevice) -> String {
        let parts = [device.platform, device.platformVersion, device.name, device.driverVersion, options, text]
        return Digest(parts.joined(separator: "\u{0}")).description + ".program"
    }

    private static let title = Array("scrubjay program 1\n".utf8)

    /// What was kept under that name; nil when nothing was, or the file is not as it was written.
    func binary(_ name: String) -> [UInt8]? {
        let path = "\(folder)/\(name)"
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try MappedFile(path).withBytes { Array($0) }
        } catch .missing {
            return nil
        } catch {
            note("\(error)")
            return nil
        }
        let start = Self.title.count + 32
        guard bytes.count > start, bytes.starts(with: Self.title),
            Digest(Array(bytes[start...])).bytes.elementsEqual(bytes[Self.title.count..<start])
        else {
            note("\(path): damaged, or written by another program; compiling anew")
            return nil
        }
        return Array(bytes[start...])
    }

    /// Keeps a binary under that name, if the folder lets it.
    func keep(_ binary: [UInt8], as name: String) {
        do throws(FileError) {
            try CacheFolder(path: folder).make()
            try writeAtomically(Self.title + Digest(binary).bytes + binary, to: "\(folder)/\(name)")
        } catch {
            note("\(error)")
        }
    }

    private func note(_ text: String) { debugNote("program cache: \(text)") }
}

extension OpenCLBackend {
    /// Whether the binary of a kernel comes from this backend's cache, which has it afterwards if it can be written.
    ///
    /// - Parameters:
    ///   - folder: below `Kernels`, which holds a file and a kernel of the same name.
    ///   - defines: those that the kernel needs.
    ///   - replaced: the text that stands for the file's, if any.
    package func takesFromCache(
        _ folder: String, _ defines: [String: Int] = [:], replaced: String? = nil
    ) throws(OpenCLError) -> Bool {
        let key = Program.Key(spec: KernelSpec(folder, defines), replaced: replaced)
        return try Program(key, in: context, cache: cache).origin == .cache
    }
}
