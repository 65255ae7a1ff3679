/// What an op adds whose kernel can be made in several ways.
protocol TunableOp: DeviceOp {
    /// How its kernel is made where nothing was measured.
    func standard(for step: StepTypes) -> KernelChoice

    /// How a step's kernel is made: as its `choice` says, or else as standard.
    func choice(for step: StepTypes) -> KernelChoice

    /// Other ways that are worth measuring, in the order in which they are tried: those likely to be fast first.
    func candidates(for step: StepTypes) -> [KernelChoice]
}

extension TunableOp {
    func choice(for step: StepTypes) -> KernelChoice { step.choice ?? standard(for: step) }

    /// The tunables' values; none where a library takes the kernel's place.
    func defines(for step: StepTypes) -> [String: Int] {
        if case .own(let defines) = choice(for: step) { defines } else { [:] }
    }
}
