internal import ScrubCore

/// SHA-256 of what a row says, kept beside it: a figure that a damaged page changed is told, not shown.
func checksum(_ parts: [String]) -> String {
    // Lengths keep apart what lies next to each other.
    Array(parts.map { "\($0.utf8.count):\($0)" }.joined().utf8).withUnsafeBytes { Digest($0).description }
}
