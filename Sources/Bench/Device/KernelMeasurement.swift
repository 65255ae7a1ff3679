import Scrubjay

/// A measured kernel, as a line of JSON: a rate, and what it was worked out from.
struct KernelMeasurement {
    let name: String
    let precision: Precision?
    let seconds: Double
    let operations: Double
    let bytes: Double
    /// How the kernel was made, where there are several ways.
    let form: String?

    /// Prints a measurement that has, besides, `"kernel"`, `"precision"`, `"seconds"`, `"operations"`, `"bytes"` and `"form"`.
    ///
    /// - Parameter byBytes: whether the rate is of bytes, not of operations.
    func report(byBytes: Bool = false) {
        let figure =
            byBytes
            ? Measurement(name: fullName, value: bytes / seconds / 1e9, unit: "GB/s")
            : Measurement(name: fullName, value: operations / seconds / 1e9, unit: "GFLOP/s")
        figure.report([
            ("kernel", jsonQuoted(name)), ("precision", precision.map { jsonQuoted($0.rawValue) } ?? "null"),
            ("seconds", "\(seconds)"), ("operations", "\(operations)"), ("bytes", "\(bytes)"),
            ("form", form.map(jsonQuoted) ?? "null"),
        ])
    }

    private var fullName: String { precision.map { "\(name)/\($0.rawValue)" } ?? name }
}
