internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStore

/// All that a page says of one group besides its row in the table.
struct GroupView {
    var groupName: String
    var groupShare: String?
    var groupFault: String?
    var anchorName: String
    var isOpen: Bool
    var source: String?
    var sourceNote: String?
    var sourceAnchor: String?
    var sourceName: String?
    var picture: String?
    var claimList: String?
    var listNote: String?
    var pictureNote: String?
    var pictureAnchor: String?
    var pictureName: String?
    var seedNote: String?
    var figures: [FigureView] = []
    var further: [Grid] = []
    var remarks: [String] = []

    /// - Parameters:
    ///   - group: what it is of.
    ///   - name: what it is called beside the others of its hypothesis.
    ///   - isOpen: whether it is open from the start.
    ///   - strips: by behaviour, how its quantiles are drawn.
    init(_ group: RunGroup, name: String, isOpen: Bool, strips: [String: QuantileStrips]) {
        (groupName, anchorName, self.isOpen) = (name, group.anchor, isOpen)
        let done = group.done
        if done.count < group.runs.count {
            groupFault =
                done.isEmpty
                ? "no figures" : "\(done.count) of \(group.runs.count.counted("run")) done"
        }
        if let spread = group.recovered {
            groupShare =
                Numerals.percent(spread.mean)
                + (spread.count > 1 ? " over \(spread.count) seeds" : "")
        }
        remarks = group.reasons(\.lack).map { why, seeds in (seeds.map { "Of \($0): " } ?? "") + "\(why)." }
        guard let (run, report) = group.example else { return }
        if done.count > 1 {
            seedNote =
                "Below are the figures of seed \(run.statement.seed), one of \(done.count); the last column of estimates is over "
                + "all seeds: the mean of their means, with the least and the greatest."
        }
        let all = done.map(\.report)
        figures = report.figures.map { figure in
            FigureView(
                figure, all: all.compactMap { $0.figures.first { $0.metric == figure.metric } },
                strips: strips[figure.metric])
        }
        further = [ClaimTable.attribution(report), ClaimTable.against(report), ClaimTable.draws(report)].compactMap(
            \.self)
        remarks +=
            [ClaimTable.outputs(report), ClaimTable.rounding(report), ClaimTable.bits(report)].compactMap(\.self)
            + report.rewrites.map(\.text)
        remarks.append(
            "\(report.isExact ? "Every combination of draws, \(report.samples.grouped)" : report.samples.counted("sample")), "
                + "the work of \(Numerals.whole(report.plan.forwardEquivalents)) forward passes in place of "
                + Numerals.whole(report.plan.naiveForwardEquivalents)
                + (run.seconds.map { ", \(Numerals.number($0)) s" } ?? "") + ".")
    }

    /// Puts a tree in, or where it is.
    mutating func add(_ entry: TreeGallery.Entry?, named: (Int) -> (anchor: String, name: String)) {
        switch entry {
        case .picture(let svg): picture = svg
        case .list(let list, let why): (claimList, listNote) = (list, why)
        case .seen(let group):
            let place = named(group)
            (pictureNote, pictureAnchor, pictureName) = (
                "Its claims are drawn as they are at", place.anchor, place.name
            )
        case .some(.none), nil: return
        }
    }
}
