internal import Foundation
internal import ScrubCPU
internal import ScrubCore
public import ScrubOpenCL
public import ScrubPlan
public import ScrubPlanner

/// An engine that was chosen, with the limits the planner must keep and, where `auto` chose, why.
public struct Engine: Sendable {
    public let backend: any Backend
    public let limits: DeviceLimits
    /// Why this one, when the user left it open.
    public let note: String?

    /// - Parameters:
    ///   - backend: what runs plans.
    ///   - limits: of it; of several backends as one, those that each of them keeps.
    ///   - note: why this one.
    public init(backend: any Backend, limits: DeviceLimits, note: String? = nil) {
        self.backend = backend
        self.limits = limits
        self.note = note
    }

    /// The engines to try, best first: one where the user named it.
    ///
    /// - Throws: `ExperimentError.noDevice`, `.precision` where none has what was asked for, `OpenCLError`.
    public static func candidates(_ options: RunOptions) throws -> [Engine] {
        let engines = try all(options)
        guard let asked = options.rounding({ "precision \($0)" }, { "storage \($0)" }) else { return engines }
        let able = engines.filter { $0.family == "opencl" }
        if able.isEmpty, !engines.isEmpty {
            throw ExperimentError.precision(asked, note: engines.compactMap(\.note).first)
        }
        return able
    }

    private static func all(_ options: RunOptions) throws -> [Engine] {
        switch options.backend {
        case .cpu: return [cpu(options, note: nil)]
        case .opencl, .several:
            let engines = try devices(options).map { try openCL($0, options, note: nil) }
            guard let first = engines.first else {
                throw ExperimentError.noDevice(wanted: options.backend.description, exist: [])
            }
            let others = engines.dropFirst()
            if others.isEmpty { return [first] }
            return [
                Engine(
                    backend: SeveralBackends(first.backend, others.map(\.backend)),
                    limits: others.reduce(first.limits) { $0.least($1.limits) })
            ]
        case .auto:
            var note: String?
            var found: [Engine] = []
            do {
                if let device = try devices(options).first {
                    found = [try openCL(device, options, note: "the first OpenCL device that is not a CPU")]
                } else {
                    note =
                        try OpenCLDevice.all().isEmpty
                        ? "no OpenCL device was found" : "the only OpenCL device is the CPU itself"
                }
            } catch {
                note = "the OpenCL device could not be opened: \(error)"
            }
            return found + [cpu(options, note: note)]
        }
    }

    /// The OpenCL devices on which a run would first be tried; none is opened.
    ///
    /// - Parameter options: of the run.
    /// - Throws: `ExperimentError.noDevice`, `OpenCLError`.
    public static func devices(_ options: RunOptions) throws -> [OpenCLDevice] {
        switch options.backend {
        case .cpu: []
        case .opencl(let number): [try device(number, options)]
        case .several(let numbers): try numbers.map { try $0.map { try device($0, options) } } ?? OpenCLDevice.all()
        case .auto: try OpenCLDevice.all().first { $0.kind != .cpu }.map { [$0] } ?? []
        }
    }

    private static func device(_ number: Int, _ options: RunOptions) throws -> OpenCLDevice {
        let devices = try OpenCLDevice.all()
        guard devices.indices.contains(number) else {
            throw ExperimentError.noDevice(
                wanted: options.backend.description,
                exist: devices.indices.map { "opencl:\($0) (\(devices[$0].name))" })
        }
        return devices[number]
    }

    /// `cpu` or `opencl`: what runs of other devices have in common with those of this one.
    public var family: String { backend.identity.name.hasPrefix("opencl") ? "opencl" : "cpu" }

    /// What runs plans: of several devices all of them, `opencl:0,1`.
    public var identity: BackendIdentity { backend.identity }

    /// One for each device.
    var backends: [any Backend] { (backend as? SeveralBackends)?.backends ?? [backend] }

    /// The engine that a user names, where only one will do; for `auto` the first that there is.
    ///
    /// - Throws: `ExperimentError.noDevice`, `.severalDevices`, `OpenCLError`.
    public static func one(_ options: RunOptions) throws -> Engine {
        if case .several = options.backend { throw ExperimentError.severalDevices(options.backend.description) }
        guard let engine = try candidates(options).first else {
            throw ExperimentError.noDevice(wanted: options.backend.description, exist: [])
        }
        return engine
    }

    /// The digest of the tuning by which kernels are chosen, or those of several devices; nil where there is none.
    public var tuningDigest: String? {
        let tunings = backends.compactMap { ($0 as? OpenCLBackend)?.tuning }.filter { !$0.entries.isEmpty }
        return tunings.isEmpty ? nil : Set(tunings.map(\.digest)).sorted().joined(separator: " + ")
    }

    /// The first candidate that can prepare `plan(limits)`; a failure of the last is thrown, one before it becomes its
    /// note.
    ///
    /// - Parameter size: of the run, and what it holds besides.
    static func prepare(
        _ candidates: [Engine], _ size: HeldSize, _ plan: (DeviceLimits) throws -> Plan
    ) throws -> (engine: Engine, ready: PlanReady) {
        var failure: String?
        for (number, candidate) in candidates.enumerated() {
            do {
                return (candidate.noting(failure), try candidate.prepare(size, plan))
            } catch  where number + 1 < candidates.count {
                failure = "\(candidate.identity.device) could not prepare the plan: \(error)"
            }
        }
        throw ExperimentError.noDevice(wanted: "auto", exist: [])
    }

    /// The same devices without rounding.
    var inFloat32: Engine {
        func exact(_ backend: any Backend) -> any Backend {
            switch backend {
            case let device as OpenCLBackend: device.inFloat32
            case let several as SeveralBackends:
                SeveralBackends(exact(several.backends[0]), several.backends.dropFirst().map(exact))
            default: backend
            }
        }
        return Engine(backend: exact(backend), limits: limits, note: note)
    }

    private func noting(_ failure: String?) -> Engine {
        Engine(backend: backend, limits: limits, note: failure ?? note)
    }

    private static func cpu(_ options: RunOptions, note: String?) -> Engine {
        let backend = CPUBackend(threads: options.threads)
        // An arena of about the second-level cache's size keeps a chunk's values close from step to step. A core that
        // makes 80 GFLOP a second writes new memory, which the kernel zeroes first, at 1 to 2 GB a second.
        return Engine(
            backend: backend,
            limits: DeviceLimits(
                memory: options.memory, workers: backend.threads, preferredArena: 2 << 20,
                operationsPerByte: 50),
            note: note)
    }

    private static func openCL(_ device: OpenCLDevice, _ options: RunOptions, note: String?) throws -> Engine {
        let half = min(device.globalMemory, Int(clamping: ProcessInfo.processInfo.physicalMemory)) / 2
        let arena = min(device.kind == .cpu ? 32 << 20 : 1 << 30, device.largestAllocation)
        return Engine(
            backend: try OpenCLBackend(
                device: device, precision: options.precision, storage: options.storage, tuning: options.tuning(device)),
            limits: DeviceLimits(
                memory: options.memoryLimit ?? half, workers: 1, preferredArena: arena,
                largestAllocation: device.largestAllocation), note: note)
    }
}
