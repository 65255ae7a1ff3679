internal import ScrubCore

/// A plan that several backends are ready to run.
struct SharedPlan: PreparedPlan {
    let plan: Plan
    /// By backend.
    let plans: [any PreparedPlan]

    /// That of the backend which takes most. Each has room for an equal part of the replicates, as the first of them are
    /// cut, and runs a larger part piece by piece in that.
    func peakBytes(datasetRows: Int, replicates: Int) -> Int {
        zip(plans, Rates(plans.count).parts(of: replicates)).map { plan, part in
            plan.peakBytes(datasetRows: datasetRows, replicates: part.count)
        }.max() ?? 0
    }

    /// Nil where one of them cannot.
    func peakBytes(datasetRows: Int, replicates: Int, drawing draws: RowDraws) -> Int? {
        let peaks = zip(plans, Rates(plans.count).parts(of: replicates)).map { plan, part in
            plan.peakBytes(datasetRows: datasetRows, replicates: part.count, drawing: draws)
        }
        return peaks.contains(nil) ? nil : peaks.compactMap(\.self).max()
    }

    func run(
        _ data: DatasetBindings, progress: @Sendable (RunProgress) -> Void,
        _ body: (any ReplicateRun, [String: HostTensor]) throws -> Void
    ) throws -> RunRecord {
        try withoutActuallyEscaping(progress) { progress in
            let progress = SharedProgress(progress)
            progress.begin(.dataset, rows: data.rows, backends: plans.count)
            let lanes = plans.enumerated().map { Lane($0, $1, data, progress) }
            let outcome = Result {
                // All are waited for before any error is thrown.
                let begun = try lanes.map { $0.answer() }.map { try $0.get() }
                let run = SharedReplicates(plan, lanes, begun.map(\.record), datasetRows: data.rows, progress)
                try body(run, begun.first?.pieces.first ?? [:])
            }
            let records = lanes.map { $0.end() }
            try outcome.get()
            return RunRecord(try records.map { try $0.get() })
        }
    }
}

/// Replicates on the dataset axis that each of several backends has computed.
private final class SharedReplicates: ReplicateRun {
    private let plan: Plan
    private let lanes: [Lane]
    private let datasetRows: Int
    private let progress: SharedProgress
    /// By lane.
    private var records: [RunRecord]
    private var rates: Rates
    /// Most replicates that were run at a time.
    private var most = 0

    init(_ plan: Plan, _ lanes: [Lane], _ records: [RunRecord], datasetRows: Int, _ progress: SharedProgress) {
        self.plan = plan
        self.lanes = lanes
        self.records = records
        self.datasetRows = datasetRows
        self.progress = progress
        rates = Rates(lanes.count)
    }

    var record: RunRecord { RunRecord(records) }

    func run(_ tables: [[Int32]]) throws -> [String: HostTensor] {
        let count = tables.first?.count ?? 0
        try plan.check(tables, replicates: count, datasetRows: datasetRows)
        return try run(.tables(tables), count)
    }

    func run(drawing replicates: Range<Int>, seed: UInt64) throws -> [String: HostTensor] {
        try run(.draws(from: replicates.lowerBound, seed: seed), replicates.count)
    }

    /// - Throws: what was thrown for the first part in which anything was, after all have ended theirs.
    private func run(_ source: Lane.Source, _ count: Int) throws -> [String: HostTensor] {
        most = max(most, count)
        let parts = rates.parts(of: count)
        let room = Rates(lanes.count).parts(of: most)
        progress.begin(.replicates, rows: count, backends: lanes.count)
        for (number, lane) in lanes.enumerated() {
            lane.ask(Lane.Part(source: source, rows: parts[number], most: max(1, room[number].count)))
        }
        let answers = try lanes.map { $0.answer() }.map { try $0.get() }
        for (number, answer) in answers.enumerated() {
            records[number] = answer.record
            rates.add(number, rows: parts[number].count, seconds: answer.seconds)
        }
        let pieces = answers.flatMap(\.pieces)
        let names = pieces.first.map { Array($0.keys) } ?? []
        return Dictionary(
            uniqueKeysWithValues: names.map { name in (name, .joining(pieces.compactMap { $0[name] })) })
    }
}
