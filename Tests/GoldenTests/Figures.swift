import ScrubExperiment
import ScrubStatistics
import Testing

/// The figures of `goldens.md`, each from a run of its hypothesis at 40,000 samples and seed 0; at 4,000 where that
/// takes minutes on a device that is the CPU itself.
///
/// A sampled figure lies within 4 combined standard errors. Over seeds, a correct program misses one such bound in
/// 16,000 (6e-5), hence one of the nine in 1,800; the seed is fixed, so that it does so always or never.
@Suite("golden figures", .serialized, .needsGoldens)
struct Figures {
    @Test("on the CPU", arguments: GoldenRun.all) func onCPU(_ golden: GoldenRun) throws {
        try golden.check(.cpu, samples: 40_000)
    }

    @Test("on OpenCL", .needsDevice, arguments: GoldenRun.all) func onOpenCL(_ golden: GoldenRun) throws {
        try golden.check(Device.choice, samples: golden.deviceSamples)
    }
}

/// A hypothesis whose figures are known.
struct GoldenRun: CustomTestStringConvertible {
    let model: String
    let key: String
    /// The keys of the model's own figure and of the baseline.
    let plain: String
    let baseline: String
    /// The true standard deviation of a replicate, where the sample's own says too little: rare ones bear most of it.
    var deviation: Double?
    var deviceSamples = 40_000

    var testDescription: String { "\(model) \(key)" }

    static let all =
        ["0b", "1a", "1b", "2p1", "2a", "2proj", "2b", "3a", "3b", "4"].map {
            GoldenRun(model: "brackets", key: $0, plain: "0a", baseline: "0b")
        }
        + ["sum", "exact"].map {
            GoldenRun(model: "modular-addition", key: $0, plain: "model", baseline: "baseline", deviation: 1.2e-3)
        }
        + [
            GoldenRun(
                model: "modular-addition", key: "pair", plain: "model", baseline: "baseline", deviation: 1.5e-3)
        ]
        + ["false-product", "false-a"].map {
            GoldenRun(model: "modular-addition", key: $0, plain: "model", baseline: "baseline")
        }
        + ["v-embed", "k-previous"].map {
            GoldenRun(
                model: "induction-heads", key: $0, plain: "model", baseline: "baseline", deviceSamples: 4000)
        }

    func check(_ backend: BackendChoice, samples: Int) throws {
        let experiment = try Experiment(contentsOf: Golden.hypothesis(model, key))
        let run = try experiment.run(RunOptions(samples: samples, seed: 0, backend: backend))
        let figure = try #require(run.report.figures.first)
        try expectExact(figure.model, plain)
        try expectExact(figure.baseline, baseline)
        let error = deviation.map { $0 / Double(samples).squareRoot() } ?? figure.scrubbed.standardError
        expect(figure.scrubbed.mean, error, near: try GoldenFigure(model, key), key)
    }

    /// A figure over all rows, exact in our run; the golden one may have been sampled.
    private func expectExact(_ found: Estimate, _ name: String) throws {
        let golden = try GoldenFigure(model, name)
        #expect(found.standardError == 0, "\(name)")
        if golden.standardError > 0 { return expect(found.mean, 0, near: golden, name) }
        #expect(abs(found.mean / golden.mean - 1) < 1e-4, "\(name): \(found.mean), not \(golden.mean)")
    }

    /// Within 4 combined standard errors.
    private func expect(_ found: Double, _ error: Double, near golden: GoldenFigure, _ name: String) {
        let combined = (error * error + golden.standardError * golden.standardError).squareRoot()
        let distance = abs(found - golden.mean) / combined
        #expect(distance <= 4, "\(name): \(found), not \(golden.mean): \(distance) standard errors")
    }
}
