internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStatistics

/// What a report says of claims: their classes and bits, what each contributes, how far another hypothesis lies.
enum ClaimTable {
    /// A line a draw; with what each claim contributes, where that was asked for.
    static func draws(_ report: Report) -> Grid? {
        guard let claims = report.claims else { return nil }
        let rows = (claims.claims + claims.others).map { draw in
            [
                draw.path, draw.same, draw.classes.grouped,
                draw.smallestClass == draw.largestClass
                    ? draw.smallestClass.grouped : "\(draw.smallestClass.grouped) to \(draw.largestClass.grouped)",
                Numerals.percent(draw.singletonShare), Numerals.percent(draw.expectedSwaps),
                Numerals.number(draw.drawBits), Numerals.number(draw.lostBits),
            ]
        }
        return Grid(
            "What is drawn",
            heads: ["draw", "same", "classes", "rows each", "alone", "swapped", "bits drawn", "bits lost"], rows: rows)
    }

    static func bits(_ report: Report) -> String? {
        report.claims.map { claims in
            "The hypothesis says \(claims.isUpperBound ? "at least " : "")\(Numerals.number(claims.saidBits)) bits. Scrubbed "
                + "inputs have \(claims.isUpperBound ? "at most " : "")\(Numerals.number(claims.entropyBits)) bits in "
                + "\(claims.inputs.counted("row")) of \(Numerals.number(claims.datasetBits)) each."
        }
    }

    static func attribution(_ report: Report) -> Grid? {
        guard let attribution = report.attribution, !attribution.isEmpty else { return nil }
        func cells(_ change: ClaimAttribution.Change?) -> [String] {
            guard let change else { return ["", ""] }
            let points = change.recovered.map { recovered in
                Numerals.points(recovered.mean)
                    + (Numerals.interval(recovered, Numerals.points).map { " (\($0))" } ?? " exact")
            }
            return [Numerals.estimate(change.difference), points ?? ""]
        }
        return Grid(
            "What each claim contributes to \(report.figures.first?.metric ?? "the behaviour")",
            heads: ["claim", "exact: mean", "exact: recovered", "unconditional: mean", "unconditional: recovered"],
            rows: attribution.map { [$0.claim] + cells($0.exact) + cells($0.unconditional) })
    }

    static func against(_ report: Report) -> Grid? {
        guard let against = report.against, !against.figures.isEmpty else { return nil }
        return Grid(
            "Less \(against.hypothesis), on common draws", heads: ["behaviour", "scrubbed", "recovered, in points"],
            rows: against.figures.map { figure in
                [
                    figure.metric, Numerals.estimate(figure.scrubbed),
                    figure.recovered.map { Numerals.points($0.mean) } ?? "undefined",
                ]
            })
    }

    /// What less than float32 does to the figures, where that was measured.
    static func rounding(_ report: Report) -> String? {
        report.precision.map { error in
            let figures = error.figures.map { figure in
                let share =
                    figure.recovered.map { ", the share recovered by \(Numerals.number($0 * 100)) points" } ?? ""
                return "the scrubbed mean of \(figure.metric) by \(Numerals.number(figure.scrubbed))\(share)"
            }
            return
                "Computed with \(error.precision). In the first \(error.samples.counted("sample")) of this seed that moves, up or down, "
                + figures.joined(separator: "; ") + "."
        }
    }

    static func outputs(_ report: Report) -> String? {
        let l2 = report.outputs.l2.map { "an L2 distance of \(Numerals.estimate($0))" }
        let kl = report.outputs.kl.map { "a divergence (KL) of \(Numerals.estimate($0)) nats" }
        let said = [l2, kl].compactMap(\.self)
        return said.isEmpty ? nil : "Outputs lie apart by \(said.joined(separator: ", "))."
    }
}
