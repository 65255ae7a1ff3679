internal import Foundation

/// What one engine does in a second on one device, measured: from it the time of a plan is reckoned before it runs.
public struct DeviceProfile: Codable, Hashable, Sendable {
    /// Of this form, and of what is measured. A profile of another is measured anew.
    public static let version = 1

    /// What a profile is of. Whatever differs in it is another profile.
    public struct Subject: Codable, Hashable, Sendable {
        public var backend: BackendIdentity
        /// Chunks that are run at once: threads of the CPU.
        public var workers: Int

        public init(backend: BackendIdentity, workers: Int) {
            self.backend = backend
            self.workers = workers
        }
    }

    /// A rate at one size of work.
    public struct Rate: Codable, Hashable, Sendable {
        /// What the size consists of: `[inner, columns]` of a product, `[queries, keys, width]` of attention, `[bytes]` of
        /// what a gather takes in one piece.
        public var size: [Int]
        /// Operations or bytes.
        public var perSecond: Double

        public init(size: [Int], perSecond: Double) {
            self.size = size
            self.perSecond = perSecond
        }
    }

    public var version = DeviceProfile.version
    public var subject: Subject
    /// Matrix products, in floating-point operations a second.
    public var products: [Rate]
    /// Attention, in floating-point operations a second.
    public var attention: [Rate]
    /// Gathers, in bytes a second, read and written.
    public var gathers: [Rate]
    /// Sums and copies of what was just computed, in bytes a second, read and written.
    public var elementwise: Double
    /// Layer norms, in floating-point operations a second.
    public var norms: Double
    /// Activations by an exponential, in floating-point operations a second.
    public var activations: Double
    /// Losses and scores of logits, in floating-point operations a second.
    public var losses: Double
    /// Divergences of logits, in floating-point operations a second.
    public var divergences: Double
    /// Seconds that a step takes in each chunk, however few its rows.
    public var stepSeconds: Double
    /// Seconds that a chunk takes besides.
    public var chunkSeconds: Double

    private enum CodingKeys: String, CodingKey {
        case version, subject, products, attention, gathers, elementwise, norms, activations, losses, divergences
        case stepSeconds = "step_seconds"
        case chunkSeconds = "chunk_seconds"
    }

    public init(
        subject: Subject, products: [Rate], attention: [Rate], gathers: [Rate], elementwise: Double, norms: Double,
        activations: Double, losses: Double, divergences: Double, stepSeconds: Double, chunkSeconds: Double
    ) {
        self.subject = subject
        self.products = products
        self.attention = attention
        self.gathers = gathers
        self.elementwise = elementwise
        self.norms = norms
        self.activations = activations
        self.losses = losses
        self.divergences = divergences
        self.stepSeconds = stepSeconds
        self.chunkSeconds = chunkSeconds
    }

    /// Whether every rate is a positive number and no list is empty, as measuring makes them.
    public var isSound: Bool {
        func isSound(_ rates: [Rate]) -> Bool {
            !rates.isEmpty
                && rates.allSatisfy { rate in
                    rate.perSecond > 0 && rate.perSecond.isFinite && !rate.size.isEmpty
                        && rate.size.allSatisfy { $0 > 0 }
                        && rate.size.count == rates[0].size.count
                }
        }
        return isSound(products) && isSound(attention) && isSound(gathers)
            && [elementwise, norms, activations, losses, divergences].allSatisfy { $0 > 0 && $0.isFinite }
            && [stepSeconds, chunkSeconds].allSatisfy { $0 >= 0 && $0.isFinite } && products[0].size.count == 2
            && attention[0].size.count == 3 && gathers[0].size.count == 1
    }
}

extension [DeviceProfile.Rate] {
    /// The rate at a size between those measured: their geometric mean, weighted by the inverse square of the distance
    /// between the logarithms of sizes. D. Shepard, "A two-dimensional interpolation function for irregularly-spaced
    /// data", <https://doi.org/10.1145/800186.810616>.
    public func perSecond(at size: [Int]) -> Double {
        var (sum, weights) = (0.0, 0.0)
        for rate in self {
            let square = zip(rate.size, size).reduce(0.0) { total, pair in
                let octaves = log2(Double(pair.0) / Double(Swift.max(1, pair.1)))
                return total + octaves * octaves
            }
            if square == 0 { return rate.perSecond }
            sum += log(rate.perSecond) / square
            weights += 1 / square
        }
        return exp(sum / weights)
    }
}
