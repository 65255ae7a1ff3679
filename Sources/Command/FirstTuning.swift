import Scrubjay

/// Tunes GPUs that no tuning is known of, before the first run on them.
enum FirstTuning {
    /// What a class of shapes may take: a run waits for it.
    private static let seconds = 1.0

    /// Does nothing on a CPU, on which the CPU engine is faster than any tuning of this one, nor where a tuning is known. One
    /// that cannot be made or kept is told, and done without.
    ///
    /// - Parameter line: where it is told how far it is.
    static func tune(_ experiments: [Experiment], _ options: RunOptions, _ line: ProgressLine?) {
        // What is wrong with the choice of a device the run says.
        guard let store = TuningStore.ofUser, let devices = try? Engine.devices(options) else { return }
        for device in devices where device.kind != .cpu && KeptTuning.of(device) == nil {
            do {
                let steps = try Experiment.tunableSteps(of: experiments, options)
                let tuning = try store.tuneFirst(device, for: steps, seconds: seconds) { done in
                    line?.tell("tuning opencl:\(device.index), this once", done: done, of: steps.count)
                }
                // It is that of every device of the kind.
                if tuning != nil { KeptTuning.readAnew() }
            } catch {
                Console.error("warning: opencl:\(device.index) is not tuned: \(error)")
            }
        }
        line?.finish()
    }
}
