import Scrubjay
import Synchronization

/// The tunings that this user keeps, and those that are shipped.
enum KeptTuning {
    /// By device, what was read, so that what is wrong with a file is told once.
    private static let read = Mutex<[Int: Tuning?]>([:])

    /// That of a device; one that cannot be read is told, and done without.
    @Sendable static func of(_ device: OpenCLDevice) -> Tuning? {
        read.withLock { read in
            if let known = read[device.index] { return known }
            var tuning: Tuning?
            do { tuning = try TuningStore.ofUser?.tuning(of: Tuning.Subject(device)) } catch {
                Console.error(
                    "warning: \(error); kernels are made as without one, and `scrubjay tune` measures it anew")
            }
            let shipped = ShippedTuning.tuning(of: Tuning.Subject(device))
            tuning = tuning?.completed(by: shipped) ?? shipped
            read[device.index] = .some(tuning)
            return tuning
        }
    }

    /// What is kept since is read.
    static func readAnew() { read.withLock { $0 = [:] } }
}
