internal import Foundation
internal import Mustache
internal import ScrubCore
internal import ScrubExperiment
public import ScrubStore

/// The runs of a store as one HTML file, which needs nothing besides itself: no network, no other file, and no script to
/// be read. docs/reports.md says what it shows.
public struct SweepPage {
    public let title: String
    public let runs: [StoredRun]
    private let drawing: any TreeDrawing

    /// Above so many groups a page has table and drawings, and nothing of each group besides.
    public static let mostGroups = 500
    /// Up to so many, groups are open from the start.
    private static let mostOpen = 2
    /// Up to so many commands are shown from the start.
    private static let mostCommands = 12

    /// - Parameters:
    ///   - title: of the page.
    ///   - runs: in the order in which they are shown; those that differ in the seed alone are shown together.
    ///   - drawing: what lays trees of claims out; without one on the machine they are lists.
    public init(title: String, runs: [StoredRun], drawing: any TreeDrawing = Graphviz()) {
        self.title = title
        self.runs = runs
        self.drawing = drawing
    }

    /// The page.
    ///
    /// - Throws: `PageError` where a template is none, which no input brings about.
    public func html() throws -> String {
        let templates: MustacheLibrary
        do { templates = try PageSources.templates() } catch { throw PageError.template("\(error)") }
        guard let page = templates.render(view, withTemplate: "page") else { throw PageError.template("no page") }
        return page
    }

    private var view: PageView {
        let groups = RunGroup.groups(of: runs)
        let names = GroupNames(groups)
        let isWhole = groups.count <= Self.mostGroups
        let dots = DotPlot(groups: groups, names: names).drawing
        let facts = SweepFacts(runs: runs, groups: groups, names: names)
        let strips = isWhole ? QuantileStrips.all(groups.compactMap { $0.example?.report }) : [:]
        let script = PageSources.all["page.js"] ?? ""
        let warnings = groups.flatMap { group in
            var warnings = group.done.flatMap { run, report in
                report.warnings.map {
                    PageView.Warning(
                        run: names.name(group), seed: run.statement.isExact ? "–" : "\(run.statement.seed)", said: $0)
                }
            }
            if !warnings.isEmpty { warnings[0].warningAnchor = group.warningAnchor }
            return warnings
        }
        let commands = groups.flatMap { group in
            group.runs.map { run in
                let seed = run.statement.isExact ? "" : ", seed \(run.statement.seed)"
                return PageView.Command(commandOf: names.name(group) + seed, command: run.command)
            }
        }
        var view = PageView(
            title: title, version: scrubjayVersion, style: PageSources.all["page.css"] ?? "", script: script,
            scriptDigest: Data(Digest(script).bytes).base64EncodedString(), lead: facts.lead, facts: facts.facts,
            failures: RunFailure.all(of: groups, names),
            foldedNote: isWhole
                ? nil
                : "There are \(groups.count.counted("hypothesis")) with their parameters and policies, more than the "
                    + "\(Self.mostGroups) of which this page shows the trees, the distributions and the claims: it has the "
                    + "table and the drawings of them all. A report of fewer runs has the rest.",
            textNotes: Edition.notes(groups, names), table: RunTable(groups, names, hasDetails: isWhole),
            dots: dots?.svg, dotsNote: dots?.note,
            heatMaps: HeatMaps.all(of: groups, names), legend: HeatMap.legend,
            hypotheses: isWhole ? hypotheses(groups, names, strips) : [],
            frames: strips.keys.sorted().compactMap { strips[$0]?.frame }.joined(),
            warningsNote: warnings.count.counted("warning"), warnings: warnings,
            commandsNote: commands.count.counted("command"), commands: commands,
            commandsOpen: commands.count <= Self.mostCommands)
        view.complete()
        return view
    }

    private func hypotheses(
        _ groups: [RunGroup], _ names: GroupNames, _ strips: [String: QuantileStrips]
    ) -> [PageView.Hypothesis] {
        let trees = TreeGallery(groups, drawing: drawing)
        func place(_ number: Int) -> (anchor: String, name: String) {
            (groups[number - 1].anchor, names.name(groups[number - 1]))
        }
        var sources: [String: Int] = [:]
        var members: [String: [GroupView]] = [:]
        for group in groups {
            let policies = names.policies(group).joined(separator: ", ")
            var view = GroupView(
                group, name: policies.isEmpty ? "as written" : policies, isOpen: groups.count <= Self.mostOpen,
                strips: strips)
            if let known = sources[group.statement.text] {
                let first = place(known)
                (view.sourceNote, view.sourceAnchor, view.sourceName) = (
                    "Its text is that of", first.anchor, first.name
                )
            } else {
                sources[group.statement.text] = group.number
                view.source = group.statement.text
            }
            view.add(trees.entries[group.number], named: place)
            members[group.statement.hypothesis, default: []].append(view)
        }
        return groups.map(\.statement.hypothesis).unique.map {
            PageView.Hypothesis(hypothesisName: String($0.dropFirst(names.folder.count)), groups: members[$0] ?? [])
        }
    }
}
