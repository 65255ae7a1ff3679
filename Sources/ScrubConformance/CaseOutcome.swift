/// What a case said of an engine.
public struct CaseOutcome: Sendable, CustomStringConvertible {
    public let name: String
    public let subject: String
    public let verdict: Verdict
    /// Whether every chunk size gave the same bits: the CPU engine's law, and no engine's duty besides.
    public let sameBits: Bool
    /// Steps that ran on the host for want of a kernel, by op, over all runs.
    public let hostSteps: [String: Int]

    public enum Verdict: Sendable, Equatable {
        /// With the largest error, in units of the tolerance.
        case passed(largestError: Double)
        case failed(Difference)
        /// The engine gave something else than the plan's roots: a root missing, sizes or type wrong, an element not
        /// finite.
        case misshapen(String)
        /// The engine, or the plan's way through its file, threw this.
        case threw(String)
    }

    /// An element outside the tolerance.
    public struct Difference: Sendable, Equatable {
        /// The placement and the chunk size: `on gathered rows, chunks of 3`.
        public var run: String
        public var root: String
        /// The element's index in each axis, rows first.
        public var index: [Int]
        public var expected: Double
        public var found: Double
        public var tolerance: Double
    }

    public var passed: Bool { if case .passed = verdict { true } else { false } }

    /// `linear: 17 into 33 with bias: passed, 0.08 of the tolerance`.
    public var description: String {
        switch verdict {
        case .passed(let error): "\(name): passed, \(Double(Int(error * 1000)) / 1000) of the tolerance"
        case .failed(let at):
            "\(name): failed \(at.run), \(at.root)\(at.index): "
                + "expected \(at.expected) ± \(at.tolerance), found \(at.found)"
        case .misshapen(let text): "\(name): \(text)"
        case .threw(let text): "\(name): threw \(text)"
        }
    }
}
