public import ScrubCore

extension Shape {
    /// How many classes the logits of one position tell apart: as many as there are, or two where there is one logit
    /// `l`, whose classes have the logits 0 and `l`.
    public var classes: Int { width == 1 ? 2 : width }
}
