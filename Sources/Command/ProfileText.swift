import Foundation
import Scrubjay

/// A profile for a person.
struct ProfileText {
    let profile: DeviceProfile

    init(_ profile: DeviceProfile) { self.profile = profile }

    var text: String {
        var rows: [[String]] = []
        func add(_ name: String, _ rates: [DeviceProfile.Rate], _ unit: String) {
            for rate in rates {
                let size = rate.size.map(String.init).joined(separator: " x ")
                rows.append(["\(name), \(size)", giga(rate.perSecond), unit])
            }
        }
        add("product", profile.products, "GFLOP/s")
        add("attention", profile.attention, "GFLOP/s")
        add("gather, bytes at once", profile.gathers, "GB/s")
        rows += [
            ["sum", giga(profile.elementwise), "GB/s"], ["norm", giga(profile.norms), "GFLOP/s"],
            ["activation", giga(profile.activations), "GFLOP/s"], ["loss", giga(profile.losses), "GFLOP/s"],
            ["divergence", giga(profile.divergences), "GFLOP/s"],
            ["a step of a chunk", number(profile.stepSeconds * 1e6), "µs"],
            ["a chunk", number(profile.chunkSeconds * 1e6), "µs"],
        ]
        return "\(profile.subject.text)\n\n" + table(rows)
    }

    private func giga(_ rate: Double) -> String { number(rate / 1e9) }
}
