/// Which datum a value is the plain model's value on.
enum Follows: Hashable {
    /// Any: it is the same for all.
    case constant
    /// Each dataset row its own.
    case dataset
    case table(Int)
    /// Of several.
    case mixed

    /// What a step over both follows.
    func joined(with other: Follows) -> Follows {
        if self == .constant || self == other { return other }
        return other == .constant ? self : .mixed
    }
}
