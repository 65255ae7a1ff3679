internal import Foundation
public import ScrubCore
public import ScrubPlan

/// Profiles in files, one for each device and number of workers.
public struct ProfileStore: Sendable {
    public let folder: CacheFolder

    public init(folder: CacheFolder) { self.folder = folder }

    /// That of this user; nil where no folder is named.
    public static var ofUser: ProfileStore? { CacheFolder.ofUser.map(ProfileStore.init) }

    /// The file of a profile: its name is a digest of what it is of, and of the form's version.
    public func file(of subject: DeviceProfile.Subject) -> String {
        let identity = subject.backend
        return folder.file(
            "profile",
            of: ["\(DeviceProfile.version)", identity.name, identity.device, identity.driver, "\(subject.workers)"])
    }

    /// - Returns: the profile of a device; nil where there is none.
    /// - Throws: `ProfileError`; `FileError` where the file is there and cannot be read.
    public func profile(of subject: DeviceProfile.Subject) throws -> DeviceProfile? {
        let file = file(of: subject)
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let bytes = try MappedFile(file).withBytes { Array($0) }
        guard let profile = try? JSONDecoder().decode(DeviceProfile.self, from: Data(bytes)) else {
            throw ProfileError.notAProfile(file: file)
        }
        guard profile.version == DeviceProfile.version, profile.subject == subject else {
            throw ProfileError.ofAnother(file: file, found: profile.subject.text, expected: subject.text)
        }
        guard profile.isSound else { throw ProfileError.notAProfile(file: file) }
        return profile
    }

    /// Keeps a profile in place of the one before.
    ///
    /// - Returns: the file.
    public func keep(_ profile: DeviceProfile) throws(FileError) -> String {
        let file = file(of: profile.subject)
        try folder.keep(profile, in: file)
        return file
    }
}

/// A file that is no profile of the device.
public enum ProfileError: Diagnostic, Equatable {
    case notAProfile(file: String)
    case ofAnother(file: String, found: String, expected: String)

    public var location: SourceLocation? {
        switch self {
        case .notAProfile(let file), .ofAnother(let file, _, _): SourceLocation(file: file)
        }
    }

    public var message: String {
        switch self {
        case .notAProfile: "not a profile of a device, expected the JSON that `scrubjay profile` writes"
        case .ofAnother(_, let found, let expected): "a profile of \(found), expected one of \(expected)"
        }
    }
}

extension DeviceProfile.Subject {
    /// `cpu: AMD EPYC, avx2 6x16, 2 workers`.
    public var text: String {
        "\(backend.name): \(backend.device), \(backend.driver), \(workers) \(workers == 1 ? "worker" : "workers")"
    }
}
