import ArgumentParser
import Scrubjay

struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "List the backends of this machine with their limits.")

    @Flag(help: "List extensions too.")
    var extensions = false

    mutating func run() throws {
        let cpu = CPUBackend()
        print("cpu\n  \(cpu.identity.device), \(cpu.identity.driver), \(cpu.threads) threads")
        for device in try OpenCLDevice.all() {
            print("opencl:\(device.index)\n  \(device.name) (\(device.kind.rawValue), \(device.vendor))")
            print("  platform \(device.platform); driver \(device.driverVersion); \(device.languageVersion)")
            print(
                "  \(device.computeUnits) compute units; memory \(bytes(device.globalMemory)), one allocation "
                    + "\(bytes(device.largestAllocation)), local \(device.localMemory / 1024) KiB; "
                    + "work-groups to \(device.largestWorkGroup)")
            if device.kind == .gpu {
                do {
                    let backend = try OpenCLBackend(device: device)
                    for (what, kernel) in [("matrix products", TunableKernel.linear), ("attention", .attention)] {
                        print("  \(what) \(backend.hasTensorCores(for: kernel) ? "on" : "without") tensor cores")
                    }
                } catch { print("  could not be opened: \(error)") }
            }
            if extensions { print("  \(device.extensions.joined(separator: " "))") }
        }
        if let driver = try OpenCLDevice.unregisteredDriver() {
            print("\(driver) is here, but not registered: with OCL_ICD_VENDORS=\(driver), its devices are found")
        }
    }
}
