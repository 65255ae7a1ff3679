internal import ScrubCore

extension Shape {
    /// Whether it is a vector for each position: of a head, or of the stream that heads read.
    var isHeadOrStream: Bool {
        axes.count == 2 && axes[0].name == .position && (axes[1].name == .head || axes[1].name == .model)
    }
}
