/// What routines compute with, for one instruction set.
struct Kernels: Sendable {
    let product: MatrixProduct
    let math: VectorMath

    /// Nil when this CPU lacks the instruction set.
    init?(_ set: InstructionSet) {
        guard let product = MatrixProduct(set), let math = VectorMath(set) else { return nil }
        self.product = product
        self.math = math
    }
}
