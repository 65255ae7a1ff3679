internal import ScrubCore

/// What was found fastest on one device, by class of shapes.
public struct Tuning: Codable, Hashable, Sendable {
    /// Of this form.
    public static let version = 1

    /// What a tuning is of. Whatever differs in it is another device.
    public struct Subject: Codable, Hashable, Sendable, CustomStringConvertible {
        public var platform: String
        public var platformVersion: String
        public var device: String
        public var driver: String

        private enum CodingKeys: String, CodingKey {
            case platform, device, driver
            case platformVersion = "platform_version"
        }

        public init(_ device: OpenCLDevice) {
            platform = device.platform
            platformVersion = device.platformVersion
            self.device = device.name
            driver = device.driverVersion
        }

        /// `pthread-AMD EPYC (Portable Computing Language 3.1)`.
        public var description: String { "\(device) (\(platform) \(driver))" }
    }

    /// What was found for one class.
    public struct Entry: Codable, Hashable, Sendable {
        public var shape: ShapeClass
        /// SHA-256 of the text of the kernel, and of what all kernels share. Of another text, an entry says nothing.
        public var source: String
        public var choice: KernelChoice
        /// Of one launch.
        public var seconds: Double
        /// Of one launch without a tuning; nil where that does not compute the right thing.
        public var standardSeconds: Double?

        private enum CodingKeys: String, CodingKey {
            case shape, source, choice, seconds
            case standardSeconds = "standard_seconds"
        }

        public init(
            shape: ShapeClass, source: String, choice: KernelChoice, seconds: Double, standardSeconds: Double?
        ) {
            self.shape = shape
            self.source = source
            self.choice = choice
            self.seconds = seconds
            self.standardSeconds = standardSeconds
        }
    }

    public var version = Tuning.version
    public var subject: Subject
    /// At most one for each class, in the order of their names.
    public private(set) var entries: [Entry] = []

    public init(_ subject: Subject) { self.subject = subject }

    /// Puts an entry in place of that of the same class.
    public mutating func add(_ entry: Entry) {
        entries.removeAll { $0.shape == entry.shape }
        entries.append(entry)
        entries.sort { $0.shape.description < $1.shape.description }
    }

    /// The same, with what another tuning of the device knows of classes that this one does not: of the kernels as they are.
    public func completed(by other: Tuning?) -> Tuning {
        var all = self
        for entry in other?.entries ?? []
        where entry.source == entry.shape.kernel.source() && choice(for: entry.shape, source: entry.source) == nil {
            all.add(entry)
        }
        return all
    }

    /// What was found for a class with a kernel of that text; nil where it was not measured.
    public func choice(for shape: ShapeClass, source: String) -> KernelChoice? {
        entries.first { $0.shape == shape && $0.source == source }?.choice
    }

    /// The digest of all choices, not of their seconds: two tunings that choose alike have one.
    public var digest: String {
        Digest(entries.map { "\($0.shape): \($0.choice), \($0.source)\n" }.joined()).description
    }

    /// Whether every class and choice is one that tuning writes.
    public var isSound: Bool {
        Set(entries.map(\.shape)).count == entries.count
            && entries.allSatisfy { entry in
                entry.shape.isSound && entry.choice.isLegal(for: entry.shape.kernel)
                    && [entry.seconds, entry.standardSeconds ?? 1].allSatisfy { $0 > 0 && $0.isFinite }
            }
    }
}
