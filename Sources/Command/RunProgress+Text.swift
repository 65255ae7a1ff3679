import Scrubjay

extension RunProgress {
    private var label: String { phase == .dataset ? "dataset rows" : "replicates" }

    /// How many quarters are done.
    var quarter: Int { Int(share * 4) }

    /// `replicates: 25%`.
    var percentage: String { "\(label): \(Int(share * 100))%" }

    /// `replicates   [#######.......................] 25%`.
    var bar: String {
        let filled = Int(share * 30)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        return "\(label.padded(to: 12)) [\(bar)] \(Int(share * 100))%"
    }
}
