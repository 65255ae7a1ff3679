internal import ScrubCore
public import ScrubOpenCL

/// Finds which choice for a step's kernel is fastest on a device, of those that compute the right thing.
public struct Tuner: Sendable {
    public let backend: OpenCLBackend
    /// No candidate for a class is begun after so many seconds; that without a tuning is always measured.
    public let seconds: Double

    /// Samples of which the median is taken.
    private static let samples = 5
    /// Seconds of launches that one sample takes at least.
    private static let leastSample = 0.002

    /// - Parameters:
    ///   - backend: without a tuning, and which product makes left open.
    ///   - seconds: what a shape class may take.
    public init(_ backend: OpenCLBackend, seconds: Double) {
        self.backend = backend
        self.seconds = seconds
    }

    /// Tries every candidate for a step's kernel, one after another.
    ///
    /// - Returns: nil where the step has nothing to tune.
    /// - Throws: where the CPU engine cannot compute the step, or the device has no room for its operands.
    public func tune(_ step: TunableStep) throws -> TunedShape? {
        let most = backend.device.kind == .cpu ? 1e9 : 2e10
        let step = step.cut(operations: most, elements: 16 << 20)
        let reference = try TrialReference(step)
        guard let bench = try TrialBench(step, reference.inputs, on: backend) else { return nil }
        let start = ContinuousClock.now
        var (candidates, best): ([TunedShape.Candidate], Double) = ([], .infinity)
        for choice in bench.choices {
            if !candidates.isEmpty, ContinuousClock.now - start > .seconds(seconds) {
                candidates.append(TunedShape.Candidate(choice: choice, verdict: .untried))
                continue
            }
            let candidate = judged(choice, bench, reference, best)
            best = min(best, candidate.seconds ?? .infinity)
            candidates.append(candidate)
        }
        compare(&candidates, bench)
        return TunedShape(shape: step.shape, rows: step.rows, candidates: candidates)
    }

    /// What is to be kept of a shape.
    public func entry(of tuned: TunedShape) -> Tuning.Entry? {
        tuned.entry(source: backend.source(of: tuned.shape.kernel))
    }

    private func judged(
        _ choice: KernelChoice, _ bench: TrialBench, _ reference: TrialReference, _ best: Double
    ) -> TunedShape.Candidate {
        do throws(OpenCLError) {
            let trial = try bench.trial(choice)
            if let fault = reference.fault(of: try trial.output()) {
                return TunedShape.Candidate(choice: choice, verdict: .wrong, reason: fault)
            }
            return TunedShape.Candidate(choice: choice, verdict: .timed, seconds: try median(trial, best))
        } catch {
            return TunedShape.Candidate(choice: choice, verdict: .dropped, reason: error.message)
        }
    }

    /// Measures the fastest and that without a tuning once more, in turn, so that what else the machine did meanwhile is
    /// the same for both.
    private func compare(_ candidates: inout [TunedShape.Candidate], _ bench: TrialBench) {
        guard let fastest = TunedShape.fastest(of: candidates), fastest.choice != candidates[0].choice,
            let once = candidates[0].seconds, let place = candidates.firstIndex(of: fastest),
            let standard = try? bench.trial(candidates[0].choice), let other = try? bench.trial(fastest.choice)
        else { return }
        let launches = max(1, min(1000, Int(2 * Self.leastSample / once)))
        var samples: ([Double], [Double]) = ([], [])
        for _ in 0..<Self.samples {
            guard let own = try? standard.seconds(launches: launches), let its = try? other.seconds(launches: launches)
            else { return }
            samples.0.append(own)
            samples.1.append(its)
        }
        candidates[0].seconds = samples.0.sorted()[Self.samples / 2]
        candidates[place].seconds = samples.1.sorted()[Self.samples / 2]
    }

    /// Of fewer samples where one says that another choice is twice as fast, or takes long.
    private func median(_ trial: Trial, _ best: Double) throws(OpenCLError) -> Double {
        let once = try trial.seconds(launches: 1)
        if once > max(4 * best, seconds / 2) { return once }
        let launches = max(1, min(1000, Int(Self.leastSample / max(once, 1e-9))))
        var samples: [Double] = []
        var taken = 0.0
        while samples.count < Self.samples {
            let sample = try trial.seconds(launches: launches)
            samples.append(sample)
            taken += sample * Double(launches)
            if sample > 2 * best || taken > seconds / 4 { break }
        }
        return samples.sorted()[samples.count / 2]
    }
}
