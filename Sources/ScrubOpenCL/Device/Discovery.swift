internal import COpenCL
internal import Glibc

extension OpenCLDevice {
    /// Asks every platform for its devices. Not thread-safe; ``all()`` calls it once.
    static func discover() throws(OpenCLError) -> [OpenCLDevice] {
        nameVendorLibrary()
        var count: cl_uint = 0
        let code = clGetPlatformIDs(0, nil, &count)
        if code == -1001 { return [] }  // CL_PLATFORM_NOT_FOUND_KHR
        try check(code, "clGetPlatformIDs")
        var platforms = [cl_platform_id?](repeating: nil, count: Int(count))
        try check(clGetPlatformIDs(count, &platforms, nil), "clGetPlatformIDs")

        var devices: [OpenCLDevice] = []
        for case let platform? in platforms {
            var number: cl_uint = 0
            let kind = cl_device_type(CL_DEVICE_TYPE_ALL)
            let code = clGetDeviceIDs(platform, kind, 0, nil, &number)
            if code == CL_DEVICE_NOT_FOUND || number == 0 { continue }
            try check(code, "clGetDeviceIDs")
            var ids = [cl_device_id?](repeating: nil, count: Int(number))
            try check(clGetDeviceIDs(platform, kind, number, &ids, nil), "clGetDeviceIDs")
            for case let id? in ids { devices.append(try OpenCLDevice(id, of: platform)) }
        }
        // Sorting by (kind, place) keeps the platforms' order within a kind.
        let order = devices.indices.sorted { (devices[$0].kind, $0) < (devices[$1].kind, $1) }
        return order.enumerated().map { index, place in
            var device = devices[place]
            device.index = index
            return device
        }
    }

    private init(_ id: cl_device_id, of platform: cl_platform_id) throws(OpenCLError) {
        func text(_ what: Int32) throws(OpenCLError) -> String {
            try string("clGetDeviceInfo") { clGetDeviceInfo(id, cl_device_info(what), $0, $1, $2) }
        }
        func number<T: FixedWidthInteger>(_ what: Int32, _: T.Type) throws(OpenCLError) -> Int {
            var value = T.zero
            try check(clGetDeviceInfo(id, cl_device_info(what), MemoryLayout<T>.size, &value, nil), "clGetDeviceInfo")
            return Int(clamping: value)
        }
        index = 0
        self.platform = try string("clGetPlatformInfo") {
            clGetPlatformInfo(platform, cl_platform_info(CL_PLATFORM_NAME), $0, $1, $2)
        }
        platformVersion = try string("clGetPlatformInfo") {
            clGetPlatformInfo(platform, cl_platform_info(CL_PLATFORM_VERSION), $0, $1, $2)
        }
        vendor = try text(CL_DEVICE_VENDOR)
        name = try text(CL_DEVICE_NAME)
        driverVersion = try text(CL_DRIVER_VERSION)
        languageVersion = try text(CL_DEVICE_OPENCL_C_VERSION)
        extensions = try text(CL_DEVICE_EXTENSIONS).split(separator: " ").map(String.init)
        let type = try number(CL_DEVICE_TYPE, cl_device_type.self)
        kind =
            if type & Int(CL_DEVICE_TYPE_GPU) != 0 { .gpu } else if type & Int(CL_DEVICE_TYPE_ACCELERATOR) != 0 {
                .accelerator
            } else if type & Int(CL_DEVICE_TYPE_CPU) != 0 { .cpu } else { .other }
        computeUnits = try number(CL_DEVICE_MAX_COMPUTE_UNITS, cl_uint.self)
        globalMemory = try number(CL_DEVICE_GLOBAL_MEM_SIZE, cl_ulong.self)
        largestAllocation = try number(CL_DEVICE_MAX_MEM_ALLOC_SIZE, cl_ulong.self)
        localMemory = try number(CL_DEVICE_LOCAL_MEM_SIZE, cl_ulong.self)
        largestWorkGroup = try number(CL_DEVICE_MAX_WORK_GROUP_SIZE, Int.self)
        bits = UInt(bitPattern: id)
    }

    /// A driver's library that is on this machine, but that no file registers with the loader beside those of other vendors;
    /// nil where there is none. A loader that is told of one by the environment knows it alone.
    public static func unregisteredDriver() throws(OpenCLError) -> String? {
        let isKnown = try all().contains { $0.vendor.contains("NVIDIA") }
        return isKnown || !canLoad(vendorLibrary) ? nil : vendorLibrary
    }

    var id: cl_device_id? { cl_device_id(bitPattern: bits) }
}

/// Containers often hold NVIDIA's driver without the file that registers it with the loader: names it there, before
/// the first call.
private func nameVendorLibrary() {
    guard getenv("OCL_ICD_VENDORS") == nil, !anyVendorRegistered(), canLoad(vendorLibrary) else { return }
    setenv("OCL_ICD_VENDORS", vendorLibrary, 0)
}

private let vendorLibrary = "libnvidia-opencl.so.1"

private func canLoad(_ library: String) -> Bool {
    guard let handle = dlopen(library, RTLD_LAZY) else { return false }
    dlclose(handle)
    return true
}

private func anyVendorRegistered() -> Bool {
    guard let folder = opendir("/etc/OpenCL/vendors") else { return false }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name.hasSuffix(".icd") { return true }
    }
    return false
}
