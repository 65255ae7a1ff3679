/// Why the judge cannot judge: the hypothesis says something that cannot be, or the case is not what it promises.
struct JudgeError: Error, CustomStringConvertible {
    enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A node, slice or feature that does not exist.
        case name
        /// A claim that no path reaches as it says.
        case unreached
        /// An exclusion that excludes nothing.
        case idle
        /// Two claims on one path.
        case overlap
        /// Two inputs of one claim that paths would call by one name.
        case sameName
        /// A shared claim that is not one claim, or not one that each of its parents permits.
        case shared
        /// Nothing is resampled.
        case nothing
        /// Draws that the project names otherwise.
        case draws
    }

    var kind: Kind
    var description: String

    init(_ kind: Kind, _ description: String) { (self.kind, self.description) = (kind, description) }
}
