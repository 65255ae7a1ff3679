import Scrubjay

/// What a sweep would run, for a person: its runs, what each costs by itself, and what all cost together.
struct DryRun {
    let forecast: SweepForecast

    /// - Parameters:
    ///   - runs: what is asked.
    ///   - options: how it would be run.
    ///   - store: where results are kept; nil where there is none yet.
    init(_ runs: [SweepRun], _ options: ConductorOptions, in store: RunStore?) throws {
        forecast = try SweepForecast(runs, options, in: store, profile: ForecastText.profile)
    }

    var text: String {
        let rows = forecast.runs.map { run in
            if run.isDone { return [run.statement.title, "done"] }
            return [run.statement.title] + (run.alone.map(cost) ?? ["cannot be run"])
        }
        let plans = forecast.batches.enumerated().map { number, batch in
            let hypotheses = batch.hypotheses.counted("hypothesis")
            return ["plan \(number + 1): \(hypotheses), \(batch.seeds.counted("seed"))"] + cost(batch.forecast)
        }
        let columns =
            ["forward passes", "at most"] + (plans.isEmpty || forecast.secondsTogether == nil ? [] : ["expected"])
        return table([["run, by itself"] + columns] + rows) + "\n"
            + (plans.isEmpty ? "" : table([["as they are run"] + columns] + plans) + "\n") + sum
    }

    private func cost(_ forecast: Forecast) -> [String] {
        let known = [Int(forecast.plan.forwardEquivalents.rounded()).grouped, bytes(forecast.plan.peakBytes)]
        return known + (forecast.time.map { [duration($0.seconds)] } ?? [])
    }

    /// Runs that cannot be, with what is wrong.
    var failures: [String] {
        forecast.runs.compactMap { run in run.failure.map { "\(run.statement.title): \($0)" } }
    }

    private var sum: String {
        let (runs, done) = (forecast.runs.count { $0.alone != nil }, forecast.runs.count(where: \.isDone))
        let there = done == 0 ? "" : "\(done.counted("run")) done already; "
        if runs == 0 { return "\(there)nothing to run\n" }
        var text =
            "\(there)\(runs.counted("run")): \(Int(forecast.together.rounded()).grouped) forward passes' work in place of "
            + "\(Int(forecast.apart.rounded()).grouped)"
        if let together = forecast.secondsTogether, let apart = forecast.secondsApart {
            text += ", \(duration(together)) expected in place of \(duration(apart))"
        } else {
            text += "; no profile of this device: `scrubjay profile` measures one"
        }
        if forecast.runs.contains(where: \.statement.attribution) {
            text += "; what each claim contributes is not counted"
        }
        if forecast.runs.contains(where: { $0.statement.precision != nil || $0.statement.storage != nil }) {
            text += "; what rounding does to figures is measured besides, and not counted"
        }
        return text + "\n"
    }
}
