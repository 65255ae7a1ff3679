import ScrubOpenCL
import Testing

extension Trait where Self == ConditionTrait {
    /// Skips, by name, where there is no OpenCL device at all.
    static var needsDevice: Self {
        .enabled(if: (try? OpenCLDevice.all())?.isEmpty == false, "there is no OpenCL device")
    }
}
