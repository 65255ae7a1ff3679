internal import Foundation
public import ScrubCore
public import ScrubOpenCL

/// Tunings in files, one for each device.
public struct TuningStore: Sendable {
    public let folder: CacheFolder

    public init(folder: CacheFolder) { self.folder = folder }

    /// That of this user; nil where no folder is named.
    public static var ofUser: TuningStore? { CacheFolder.ofUser.map(TuningStore.init) }

    private static let kind = "tuning"

    /// The file of a tuning: its name is a digest of the device, driver and platform, and of the form's version.
    public func file(of subject: Tuning.Subject) -> String {
        folder.file(
            Self.kind,
            of: ["\(Tuning.version)", subject.platform, subject.platformVersion, subject.device, subject.driver])
    }

    /// - Returns: the tuning of a device; nil where there is none.
    /// - Throws: `TuningError`; `FileError` where the file is there and cannot be read.
    public func tuning(of subject: Tuning.Subject) throws -> Tuning? {
        let file = file(of: subject)
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let tuning = try read(file)
        guard tuning.subject == subject else {
            throw TuningError.ofAnother(file: file, found: "\(tuning.subject)", expected: "\(subject)")
        }
        return tuning
    }

    /// The files of all tunings, in the order of their names.
    public var files: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasPrefix("\(Self.kind)-") && $0.hasSuffix(".json") }.sorted().map(folder.file)
    }

    /// - Throws: `TuningError.notATuning`; `FileError` where the file cannot be read.
    public func read(_ file: String) throws -> Tuning {
        let bytes = try MappedFile(file).withBytes { Array($0) }
        guard let tuning = try? JSONDecoder().decode(Tuning.self, from: Data(bytes)), tuning.version == Tuning.version,
            tuning.isSound
        else { throw TuningError.notATuning(file: file) }
        return tuning
    }

    /// Keeps a tuning in place of the one before.
    ///
    /// - Returns: the file.
    public func keep(_ tuning: Tuning) throws(FileError) -> String {
        let file = file(of: tuning.subject)
        try folder.keep(tuning, in: file)
        return file
    }

    /// Removes the tuning of a device, whatever the file holds.
    ///
    /// - Returns: the file; nil where there was none.
    public func forget(_ subject: Tuning.Subject) throws(TuningError) -> String? {
        let file = file(of: subject)
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        do { try FileManager.default.removeItem(atPath: file) } catch { throw .notRemoved(file: file) }
        return file
    }
}
