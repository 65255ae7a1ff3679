import ScrubExperiment
import ScrubOpenCL
import Testing

/// The OpenCL device that every test here uses: the first. Listing devices and building kernels takes time.
enum Device {
    static let first = (try? OpenCLDevice.all())?.first
    static let choice = BackendChoice.opencl(0)
}

extension Trait where Self == ConditionTrait {
    /// Skips, by name, where there is no OpenCL device at all.
    static var needsDevice: Self { .enabled(if: Device.first != nil, "there is no OpenCL device") }
}
