internal import ScrubCore
public import ScrubOpenCL

extension TuningStore {
    /// Tunes a device that nothing is kept of, and keeps what was found.
    ///
    /// - Parameters:
    ///   - device: is tuned at its first run alone: later ones are to round as that did.
    ///   - steps: of the plans of that run.
    ///   - seconds: what a class of shapes may take.
    ///   - told: called before each class, with how many are done.
    /// - Returns: the tuning; nil where a file is kept already, whatever it holds, or there is nothing to tune.
    /// - Throws: `FileError` where it cannot be kept, for want of a folder before any time is spent; what `Tuner.tune` throws.
    public func tuneFirst(
        _ device: OpenCLDevice, for steps: [TunableStep], seconds: Double, told: (_ done: Int) -> Void
    ) throws -> Tuning? {
        var tuning = Tuning(Tuning.Subject(device))
        guard !steps.isEmpty, !files.contains(file(of: tuning.subject)) else { return nil }
        try folder.make()
        let tuner = Tuner(try OpenCLBackend(device: device), seconds: seconds)
        for (number, step) in steps.enumerated() {
            told(number)
            if let entry = try tuner.tune(step).flatMap(tuner.entry) { tuning.add(entry) }
        }
        _ = try keep(tuning)
        return tuning
    }
}
