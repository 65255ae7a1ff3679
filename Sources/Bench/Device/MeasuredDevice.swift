import ArgumentParser
import Scrubjay

/// One OpenCL device as runs would use it: with the tuning that this user keeps, or that is shipped.
struct MeasuredDevice {
    let exact: OpenCLBackend
    private let tuning: Tuning?

    /// - Parameter text: as `--backend` takes it.
    init(_ text: String) throws {
        guard case .opencl = try BackendChoice(text),
            let found = try Engine.candidates(RunOptions(backend: try BackendChoice(text))).first?.backend
                as? OpenCLBackend
        else { throw ValidationError("\(text) is not one OpenCL device: opencl, or opencl:<number>") }
        let subject = Tuning.Subject(found.device)
        let (kept, shipped) = (try TuningStore.ofUser?.tuning(of: subject), ShippedTuning.tuning(of: subject))
        tuning = kept.map { kept in kept.completed(by: shipped) } ?? shipped
        exact = try OpenCLBackend(device: found.device, tuning: tuning)
    }

    func backend(_ precision: Precision = .exact, _ storage: Storage = .f32) throws -> OpenCLBackend {
        try OpenCLBackend(device: exact.device, precision: precision, storage: storage, tuning: tuning)
    }
}
