import Testing

@Suite struct TempPrint {
    @Test(arguments: Breakage.all) func show(breakage: Breakage) {
        for seed in UInt64(1000)..<1060 {
            if let t = JudgeCase.failure(of: .random(seed), { $0.verdict(on: .cpu, breaking: breakage) }) {
                print("=====", breakage.testDescription, seed)
                print(t)
                return
            }
        }
    }
}
