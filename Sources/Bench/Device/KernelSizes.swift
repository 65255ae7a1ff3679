/// How large the kernels of a benchmark are.
struct KernelSizes {
    /// Bytes that one launch moves, or a few launches before they read again what they read before: ten times the second cache
    /// of an H200, so that nothing is found there.
    var coldBytes: Int
    /// Bytes of all that gathers pick from.
    var sourceBytes: Int
    var vocabulary: Int
    /// Positions of sequences of GPT-2 small's widths in products.
    var sequences: Int
    /// Rows, columns and length of the square product.
    var square: Int
    /// Of attention: rows, heads, positions.
    var attention: (rows: Int, heads: Int, positions: Int)
    /// Seconds of launches that one sample takes, about.
    var seconds: Double

    static let whole = KernelSizes(
        coldBytes: 512 << 20, sourceBytes: 2 << 30, vocabulary: 50_257, sequences: 128, square: 4096,
        attention: (64, 12, 1024), seconds: 0.05)

    /// To try that all of it runs.
    static let quick = KernelSizes(
        coldBytes: 4 << 20, sourceBytes: 16 << 20, vocabulary: 1024, sequences: 2, square: 512,
        attention: (2, 2, 256), seconds: 0.02)

    /// Rows of which so many bytes each make a launch cold.
    func rows(of bytes: Int) -> Int { max(1, min(1 << 20, coldBytes / max(1, bytes))) }
}
