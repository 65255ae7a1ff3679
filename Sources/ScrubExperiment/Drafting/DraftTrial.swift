internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubModels

/// Tells what a model and its data take by making experiments of it, which runs nothing.
struct DraftTrial {
    private let checkpoint: Checkpoint
    private let dataset: Dataset
    private let data: DataStatement
    private let place: SourceLocation

    /// - Parameters:
    ///   - checkpoint: the model.
    ///   - dataset: the data.
    ///   - tokens: the column of tokens, where the file is to name it.
    ///   - path: the data's, for errors.
    init(_ checkpoint: Checkpoint, _ dataset: Dataset, tokens: String?, data path: String) {
        (self.checkpoint, self.dataset, place) = (checkpoint, dataset, SourceLocation(file: path))
        var data = DataStatement(file: Located(path, place), tokens: Located(tokens ?? "tokens", place))
        data.namesTokens = tokens != nil
        self.data = data
    }

    private func hypothesis(_ behaviour: DraftBehaviour, _ root: Claim) -> Hypothesis {
        Hypothesis(
            file: place.file, model: Located(checkpoint.folder, place), data: data,
            behaviour: behaviour.statement(at: place), interpretation: root)
    }

    /// What the model computes on the data; an error fits every output.
    func bound() throws -> BoundCheckpoint {
        let any = DraftBehaviour(measure: .meanSquaredError, positions: .all, label: "model", reason: "")
        return try Experiment.bind(checkpoint, hypothesis(any, Claim(nodes: [], same: Located(.exact, place))), dataset)
    }

    /// The behaviours that the model and the data take, one or more.
    ///
    /// - Throws: what is wrong with the last one, where none is taken.
    func behaviours(among likely: [DraftBehaviour]) throws -> [DraftBehaviour] {
        var (taken, failure) = (
            [DraftBehaviour](), ExperimentError.behaviour(place, "nothing is measured") as any Error
        )
        for behaviour in likely {
            do {
                try make(behaviour, Claim(nodes: [Located("output", place)], same: Located(.any, place)))
                taken.append(behaviour)
            } catch {
                failure = error
            }
        }
        if taken.isEmpty { throw failure }
        return taken
    }

    /// Whether an input of the output may be claimed to be the same in a feature.
    func takes(_ behaviour: DraftBehaviour, claimed: String, same feature: String) -> Bool {
        let claim = Claim(nodes: [Located(claimed, place)], same: Located(.feature(feature), place))
        let root = Claim(nodes: [Located("output", place)], same: Located(.exact, place), inputs: [claim])
        do {
            try make(behaviour, root)
            return true
        } catch {
            return false
        }
    }

    private func make(_ behaviour: DraftBehaviour, _ root: Claim) throws {
        let hypothesis = hypothesis(behaviour, root)
        let bound = try Experiment.bind(checkpoint, hypothesis, dataset)
        _ = try Experiment(hypothesis, checkpoint, dataset, bound) { text, named, location in
            try dataset.feature(text, named: named, location: location)
        }
    }
}
