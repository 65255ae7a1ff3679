internal import CKernelSources

/// A file of the folder `Kernels/tuning`, as it is embedded in this library.
public struct ShippedTuning: Hashable, Sendable {
    /// Below `Kernels/tuning`: `some-device.json`.
    public let path: String
    /// In the form in which `TuningStore` keeps one.
    public let text: String

    /// Every one, in the order of the table.
    public static let all: [ShippedTuning] = {
        var count = 0
        guard let table = shipped_tunings(&count) else { return [] }
        return (0..<count).map {
            ShippedTuning(path: String(cString: table[$0].name), text: String(cString: table[$0].text))
        }
    }()

    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
