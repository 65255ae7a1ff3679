import ArgumentParser
import Scrubjay

/// The options that ask for less than float32, shared by `run` and `plan`.
struct RoundingFlags: ParsableArguments {
    @Option(
        help: """
            Of the factors of matrix products: exact, tf32, bf16 or f16. Others than exact are faster on tensor cores; the error \
            of the figures is measured and printed beside them. Needs an OpenCL device.
            """,
        completion: .list(Precision.allCases.map(\.rawValue)))
    var precision = Precision.exact

    @Option(
        help: """
            How values are kept for gathers: f32, or f16 in half the memory. The error of the figures is measured and printed \
            beside them. Needs an OpenCL device.
            """,
        completion: .list(Storage.allCases.map(\.rawValue)))
    var storage = Storage.f32
}
