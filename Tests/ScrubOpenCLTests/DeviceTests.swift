import ScrubOpenCL
import ScrubPlan
import Testing

@Suite struct DeviceTests {
    @Test func devicesAreListedInOrderWithWhatTheySay() throws {
        let devices = try OpenCLDevice.all()
        try #require(!devices.isEmpty, "these tests need an OpenCL device: PoCL will do")
        #expect(devices.map(\.index) == Array(devices.indices))
        #expect(zip(devices, devices.dropFirst()).allSatisfy { $0.kind <= $1.kind })
        for device in devices {
            #expect(!device.name.isEmpty && !device.platform.isEmpty && !device.driverVersion.isEmpty)
            #expect(device.languageVersion.hasPrefix("OpenCL C "))
            #expect(device.computeUnits > 0 && device.largestWorkGroup > 0 && device.localMemory > 0)
            #expect(0 < device.largestAllocation && device.largestAllocation <= device.globalMemory)
        }
    }

    @Test func theBackendIsNamedByTheDevicesPlaceInTheList() throws {
        let device = try #require(device)
        let identity = try OpenCLBackend(device: device).identity
        #expect(identity.name == "opencl:0")
        #expect(identity.device == device.name)
        #expect(identity.driver.contains(device.driverVersion))
    }
}
