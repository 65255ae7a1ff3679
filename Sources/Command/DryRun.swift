import Scrubjay

/// What a sweep would run, for a person: its runs, what each costs by itself, and what all cost together.
struct DryRun {
    let forecast: SweepForecast

    init(_ runs: [SweepRun], _ options: ConductorOptions) throws {
        forecast = try SweepForecast(runs, options, profile: ForecastText.profile)
    }

    var text: String {
        let rows = forecast.runs.map { run in
            guard let alone = run.alone else { return [run.statement.title, "cannot be run"] }
            return [
                run.statement.title, Int(alone.plan.forwardEquivalents.rounded()).grouped, bytes(alone.plan.peakBytes),
                alone.time.map { duration($0.seconds) } ?? "",
            ]
        }
        let plans = forecast.batches.enumerated().map { number, batch in
            [
                "plan \(number + 1): \(batch.hypotheses.grouped) hypotheses, \(batch.seeds.grouped) seeds",
                Int(batch.forecast.plan.forwardEquivalents.rounded()).grouped, bytes(batch.forecast.plan.peakBytes),
                batch.forecast.time.map { duration($0.seconds) } ?? "",
            ]
        }
        return table([["run, by itself", "forward passes", "at most", "expected"]] + rows) + "\n"
            + table([["as they are run", "forward passes", "at most", "expected"]] + plans) + "\n" + sum
    }

    /// Runs that cannot be, with what is wrong.
    var failures: [String] {
        forecast.runs.compactMap { run in run.failure.map { "\(run.statement.title): \($0)" } }
    }

    private var sum: String {
        let runs = forecast.runs.filter { $0.alone != nil }.count
        var text =
            "\(runs.grouped) runs: \(Int(forecast.together.rounded()).grouped) forward passes' work in place of "
            + "\(Int(forecast.apart.rounded()).grouped)"
        if let together = forecast.secondsTogether, let apart = forecast.secondsApart {
            text += ", \(duration(together)) expected in place of \(duration(apart))"
        } else {
            text += "; no profile of this device: `scrubjay profile` measures one"
        }
        return text + "\n"
    }
}
