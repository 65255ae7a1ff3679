internal import Foundation
public import ScrubOpenCL

extension ShippedTuning {
    /// What it holds; nil where that is no tuning of this version.
    public var tuning: Tuning? {
        guard let tuning = try? JSONDecoder().decode(Tuning.self, from: Data(text.utf8)),
            tuning.version == Tuning.version, tuning.isSound
        else { return nil }
        return tuning
    }

    /// The tuning that was shipped for a device and its driver.
    ///
    /// - Parameters:
    ///   - subject: what the tuning must be of.
    ///   - shipped: where to look; those of this library unless given.
    /// - Returns: nil where none is of it.
    public static func tuning(of subject: Tuning.Subject, among shipped: [ShippedTuning] = all) -> Tuning? {
        shipped.lazy.compactMap(\.tuning).first { $0.subject == subject }
    }
}
