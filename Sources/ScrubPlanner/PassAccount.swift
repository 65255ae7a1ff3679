internal import ScrubPlan

/// What one pass did to a plan, and what the run it makes costs before and after.
public struct PassAccount: Codable, Hashable, Sendable {
    /// As `explain` names it.
    public var pass: String
    /// In a sentence; nil where it changed nothing but names and order.
    public var did: String?
    public var before: StageCost
    public var after: StageCost
}

/// The plan of one stage, run as it is.
public struct StageCost: Codable, Hashable, Sendable {
    public var steps: Int
    /// Floating-point operations of the whole run.
    public var operations: Double
    /// Bytes that its steps read and write.
    public var bytes: Double
    /// Most bytes held at once, with chunks that fit the device.
    public var peakBytes: Int

    private enum CodingKeys: String, CodingKey {
        case steps, operations, bytes
        case peakBytes = "peak_bytes"
    }
}

/// How large a run is.
public struct RunSize: Hashable, Sendable {
    /// Rows of the dataset axis.
    public var datasetRows: Int
    /// Replicates in all.
    public var replicates: Int
    /// Most replicates that are run at a time.
    public var atOnce: Int

    public init(datasetRows: Int, replicates: Int, atOnce: Int) {
        self.datasetRows = datasetRows
        self.replicates = replicates
        self.atOnce = atOnce
    }
}

extension Planner {
    /// What each pass did, in the order in which they ran: reckoned afterwards, from the stages, so that planning is
    /// not slowed by it.
    ///
    /// - Complexity: O(stages × steps × values alive at once).
    public func accounts(of stages: [Stage], _ size: RunSize) -> [PassAccount] {
        var accounts: [PassAccount] = []
        var last: (plan: Plan, cost: StageCost)?
        for stage in stages {
            let isSame = last?.plan == stage.plan
            guard let cost = isSame ? last?.cost : cost(of: stage.plan, size) else { continue }
            if let pass = stage.pass, let last {
                let savesNothing = last.cost == cost && last.plan.chunks == stage.plan.chunks
                let change = PlanChange(
                    before: last.plan, after: stage.plan, datasetRows: size.datasetRows, replicates: size.replicates)
                accounts.append(
                    PassAccount(
                        pass: pass.name, did: isSame || savesNothing ? nil : pass.account(of: change),
                        before: last.cost, after: cost))
            }
            last = (stage.plan, cost)
        }
        return accounts
    }

    private func cost(of plan: Plan, _ size: RunSize) -> StageCost {
        let chunked = chunked(plan, size)
        let cost = chunked.cost(datasetRows: size.datasetRows, replicates: size.replicates, workers: limits.workers)
        let held = chunked.cost(datasetRows: size.datasetRows, replicates: size.atOnce, workers: limits.workers)
        return StageCost(
            steps: plan.steps.count, operations: cost.operations, bytes: cost.bytes, peakBytes: held.peakBytes)
    }

    /// With the chunks that it would get were it the last stage; of one row where it would be refused.
    private func chunked(_ plan: Plan, _ size: RunSize) -> Plan {
        let chunks = ChooseChunks(limits: limits, datasetRows: size.datasetRows, replicates: size.atOnce)
        if let chunked = try? chunks.apply(plan) { return chunked }
        var least = plan
        least.chunks = Chunks(dataset: 1, replicates: 1)
        return least
    }
}
