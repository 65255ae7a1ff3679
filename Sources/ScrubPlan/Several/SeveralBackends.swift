internal import ScrubCore

/// Several backends as one. Each prepares the plan and computes the dataset axis; replicates are cut into consecutive
/// parts, one for each: those that are run first equally, later ones in proportion to the rate that each has shown.
///
/// Where the backends give a row the same value, results are those of any one of them, bit for bit. An error of one stops
/// all, after what was under way.
public struct SeveralBackends: Backend {
    /// In the order of their parts; at least one.
    public let backends: [any Backend]

    /// - Parameters:
    ///   - first: also gives the roots on the dataset axis.
    ///   - others: beside it.
    public init(_ first: any Backend, _ others: [any Backend]) { backends = [first] + others }

    /// That of all: `opencl:0,1`, and their devices and drivers.
    public var identity: BackendIdentity {
        let all = backends.map(\.identity)
        let families = Set(all.map { $0.name.prefix { $0 != ":" } })
        let numbers = all.map { $0.name.drop { $0 != ":" }.dropFirst() }
        let isNumbered = families.count == 1 && !numbers.contains("")
        return BackendIdentity(
            name: isNumbered
                ? "\(families.joined()):\(numbers.joined(separator: ","))" : all.map(\.name).joined(separator: ","),
            device: all.map(\.device).joined(separator: " + "),
            driver: Set(all.map(\.driver)).sorted().joined(separator: " + "))
    }

    /// Has every backend prepare the plan, at the same time.
    ///
    /// - Parameter plan: within the limits of each.
    /// - Throws: what the first of the backends throws that cannot.
    public func prepare(_ plan: Plan) throws -> any PreparedPlan {
        SharedPlan(plan: plan, plans: try backends.concurrentMap { try $0.prepare(plan) })
    }
}
