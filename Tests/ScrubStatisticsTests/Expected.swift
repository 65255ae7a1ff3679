import Foundation

/// Numbers of scipy and numpy in float64, which Fixtures/make.py wrote.
struct Expected: Decodable {
    struct Quantiles: Decodable {
        var p: [Double]
        var quantile: [Double]
    }
    struct Student: Decodable {
        var freedom: [Int]
        var quantile: [Double]
    }
    struct Limit: Decodable {
        var lambda: [Double]
        var limit: [Double]
    }
    struct OneSample: Decodable {
        var statistic: [Double]
        var count: [Int]
        var exact: [Double]
    }
    struct TwoSamples: Decodable {
        var statistic: [Double]
        var counts: [[Int]]
        var exact: [Double]
    }
    struct Entropy: Decodable {
        var weights: [Double]
        var bits: Double
    }
    struct Participation: Decodable {
        var values: [Float]
        var weights: [Double]
        var weighted: Double
        var plain: Double
    }
    struct Wilson: Decodable {
        var successes: Int
        var count: Int
        var interval: [Double]
    }
    struct Distances: Decodable {
        var x: [Float]
        var y: [Float]
        var wx: [Double]?
        var wy: [Double]?
        var wasserstein: Double
        var energy: Double
        var kolmogorov: Double
        var probabilities: [Double]
        var quantiles: [Float]
    }
    struct Resampling: Decodable {
        var columns: [[Float]]
        var sixtyfourths: [Int]?
        var resamples: Int
        var value: Double
        var standardError: Double
        var interval: [Double]
        var participation: Double
        var scipyInterval: [Double]?
    }

    var normal: Quantiles
    var student: Student
    var kolmogorov: Limit
    var oneSample: OneSample
    var twoSamples: TwoSamples
    var entropy: Entropy
    var participation: Participation
    var wilson: [Wilson]
    var distances: [Distances]
    var bootstrap: [String: Resampling]

    static func read() throws -> Expected {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/expected.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Expected.self, from: Data(contentsOf: file))
    }
}

/// Whether two numbers agree to `tolerance`, relative to the greater of 1 and the second.
func agree(_ found: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    abs(found - expected) <= tolerance * max(1, abs(expected))
}
