internal import ScrubCore
internal import ScrubExperiment
internal import ScrubHypothesis
internal import ScrubPlan
internal import ScrubStore

/// What a sweep asks for, with what each run reads: each key once.
struct AskedRuns {
    private(set) var all: [AskedRun] = []
    private(set) var readable: [ReadRun] = []
    private(set) var unreadable: [(run: AskedRun, error: any Error)] = []
    private(set) var byKey: [String: ReadRun] = [:]
    /// SHA-256 of every file that was read, by path.
    private(set) var hashes: [String: String] = [:]

    /// What was read of one hypothesis, however many runs have it.
    private struct Read {
        var experiment: Result<Experiment, any Error>
        /// SHA-256 of the files besides its text.
        var files: [String]?
        var number: Int
    }

    /// What makes an experiment.
    private struct Sort: Hashable {
        var hypothesis: String
        var text: String
        var model: String?
        var data: String?
        var others: String?
        var groupings: [String]
    }

    /// - Parameters:
    ///   - runs: of the sweep.
    ///   - families: what they will run on, `Engine.family`; a run for each.
    /// - Throws: `SweepError` where the sweep's groupings are none in the data of any run.
    init(_ runs: [SweepRun], on families: [String]) throws {
        var reader = ExperimentReader()
        var known: [Sort: Read] = [:]
        var keys: Set<String> = []
        for (run, family) in runs.flatMap({ run in families.map { (run, $0) } }) {
            var statement = run.statement
            statement.backend = family
            let sort = Sort(
                hypothesis: statement.hypothesis, text: statement.text, model: statement.model, data: statement.data,
                others: statement.others, groupings: statement.groupings)
            let read = known[sort] ?? Self.read(run, known.count, &reader, &hashes)
            known[sort] = read
            let asked = AskedRun(
                key: try RunKey(statement, files: read.files).text, statement: statement, command: statement.command)
            guard keys.insert(asked.key).inserted else { continue }
            all.append(asked)
            switch read.experiment {
            case .success(let experiment):
                let run = ReadRun(asked: asked, experiment: experiment, number: read.number)
                readable.append(run)
                byKey[asked.key] = run
            case .failure(let error): unreadable.append((asked, error))
            }
        }
        // What is wrong in every run is the sweep file's fault.
        if readable.isEmpty, let error = unreadable.first?.error as? SweepError { throw error }
    }

    /// Keys of those whose figures a store has.
    func done(in store: RunStore) throws -> Set<String> {
        Set(try store.states(of: all.map(\.key)).filter { $0.value == .done }.keys)
    }

    private static func read(
        _ run: SweepRun, _ number: Int, _ reader: inout ExperimentReader, _ hashes: inout [String: String]
    ) -> Read {
        do {
            let hypothesis = try run.hypothesis.get()
            let experiment = try reader.experiment(hypothesis)
            for (by, place) in zip(run.statement.groupings, run.groupingPlaces) {
                do { try experiment.checkGrouping(by) } catch { throw SweepError.grouping(place, by, "\(error)") }
            }
            var files: [String] = []
            for path in experiment.model.files where path != hypothesis.file {
                let hash = try hashes[path] ?? Provenance.hash(of: path)
                hashes[path] = hash
                files.append(hash)
            }
            return Read(experiment: .success(experiment), files: files, number: number)
        } catch {
            return Read(experiment: .failure(error), files: nil, number: number)
        }
    }
}

extension Sweep {
    /// The keys of the runs that it asks for, on whichever backend, as files are now.
    ///
    /// - Throws: as `runs` does.
    public func keys() throws -> Set<String> {
        Set(try AskedRuns(runs(), on: ["cpu", "opencl"]).all.map(\.key))
    }
}
