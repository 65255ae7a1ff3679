import Scrubjay

/// What a run will cost, for a person.
struct ForecastText {
    let forecast: Forecast

    init(_ forecast: Forecast) { self.forecast = forecast }

    /// The profile kept of a device; one that cannot be read is told, and done without.
    static func profile(of subject: DeviceProfile.Subject) -> DeviceProfile? {
        do { return try ProfileStore.ofUser?.profile(of: subject) } catch {
            Console.error("warning: \(error); `scrubjay profile` measures it anew")
            return nil
        }
    }

    var title: String {
        forecast.hypotheses.joined(separator: "\n")
            + "\n\(forecast.samples.grouped) samples, on \(forecast.backend.name): \(forecast.backend.device)"
    }

    var cost: String {
        let plan = forecast.plan
        return "\(plan.text)\n"
            + table([
                ["operations", amount(forecast.operations, "FLOP")],
                ["bytes moved", amount(forecast.bytes, "B")],
            ])
            + "steps: \(forecast.datasetSteps.grouped) on \(plan.datasetRows.grouped) dataset rows, "
            + "\(forecast.replicateSteps.grouped) on \(forecast.samples.grouped) replicates\n" + time
    }

    private var time: String {
        guard let time = forecast.time else {
            return "no profile of this device: `scrubjay profile` measures one\n"
        }
        return
            "expected: \(number(time.seconds)) s for the plan, \(number(time.datasetSeconds)) s of it for dataset rows; reading, drawing and figures come on top\n"
    }

    /// A line for each pass, with what the plan costs after it.
    var passes: String {
        guard let passes = forecast.passes, let first = passes.first else { return "" }
        func row(_ name: String, _ cost: StageCost) -> [String] {
            [
                name, cost.steps.grouped, amount(cost.operations, "FLOP"), amount(cost.bytes, "B"),
                bytes(cost.peakBytes),
            ]
        }
        let rows =
            [["after the pass", "steps", "operations", "moved", "values held"], row("lowered", first.before)]
            + passes.map { row($0.pass, $0.after) }
        let accounts = ["", ""] + passes.map { $0.did ?? "saved nothing" }
        return zip(table(rows).split(separator: "\n"), accounts).map { line, account in
            account.isEmpty ? "\(line)\n" : "\(line)  \(account)\n"
        }.joined()
    }

    /// `1.234 GFLOP`, `12.30 kB`.
    private func amount(_ value: Double, _ unit: String) -> String {
        let prefixes = ["", "k", "M", "G", "T", "P", "E"]
        var (scaled, place) = (value, 0)
        while scaled >= 1000, place + 1 < prefixes.count { (scaled, place) = (scaled / 1000, place + 1) }
        return "\(number(scaled)) \(prefixes[place])\(unit)"
    }
}
