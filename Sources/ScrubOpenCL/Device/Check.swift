internal import COpenCL

/// Throws unless `code` is CL_SUCCESS.
func check(_ code: cl_int, _ function: String) throws(OpenCLError) {
    if code != CL_SUCCESS { throw .call(function, code: code) }
}

/// Throws unless a call that makes an object returned one.
func made<Handle>(_ handle: Handle?, _ code: cl_int, _ function: String) throws(OpenCLError) -> Handle {
    try check(code, function)
    guard let handle else { throw .call(function, code: code) }
    return handle
}

/// The text that an information function returns: asked once for its length, once for its bytes.
func string(
    _ function: String, _ ask: (Int, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>?) -> cl_int
) throws(OpenCLError) -> String {
    var length = 0
    try check(ask(0, nil, &length), function)
    var bytes = [UInt8](repeating: 0, count: length)
    try check(ask(length, &bytes, nil), function)
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
}
