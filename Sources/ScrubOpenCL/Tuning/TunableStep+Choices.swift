internal import ScrubOps

extension TunableStep {
    /// Every choice that is worth a trial on a kind of device, that without a tuning first, then in the order in which
    /// they are tried.
    ///
    /// - Parameter hasTensorCores: whether those that need them are worth one.
    package func choices(
        on kind: OpenCLDevice.Kind, _ product: OpenCLBackend.Product = .automatic, hasTensorCores: Bool = true
    ) -> [KernelChoice] {
        guard let op = op.onDevice as? any TunableOp,
            let types = try? types(on: kind, product, hasTensorCores: hasTensorCores)
        else { return [] }
        var choices = [op.standard(for: types)]
        for choice in op.candidates(for: types) where !choices.contains(choice) { choices.append(choice) }
        return choices
    }

    /// The step as an op of this engine is told of it.
    func types(
        on kind: OpenCLDevice.Kind, _ product: OpenCLBackend.Product, hasTensorCores: Bool,
        precision: Precision = .exact,
        _ choice: KernelChoice? = nil
    ) throws(OpenCLError) -> StepTypes {
        let output: ValueType
        do { output = try op.rule.output(of: inputs) } catch {
            throw .unsupported(value: op.name, reason: "\(error)")
        }
        return StepTypes(
            name: op.name, inputs: inputs, constant: inputs.indices.map(isConstant), output: output, product: product,
            precision: precision, device: kind, hasTensorCores: hasTensorCores, choice: choice)
    }
}
