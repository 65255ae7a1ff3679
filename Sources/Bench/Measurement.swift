import ArgumentParser
import Scrubjay

/// One measured number, as a line of JSON.
struct Measurement {
    let name: String
    let value: Double
    let unit: String

    /// Prints `{"name": "draws/unweighted", "value": 81.25, "unit": "million/s"}`.
    ///
    /// - Parameter further: names and JSON of what stands behind it in the line.
    func report(_ further: [(name: String, json: String)] = []) {
        let figure = [
            ("name", jsonQuoted(name)), ("value", "\(value.rounded(places: 4))"), ("unit", jsonQuoted(unit)),
        ]
        print("{\((figure + further).map { "\(jsonQuoted($0.0)): \($0.1)" }.joined(separator: ", "))}")
    }
}

/// How often a command measures the same thing.
struct RepeatOptions: ParsableArguments {
    @Option(name: .customLong("repeat"), help: "Measure so often, and print the median.")
    var times = 5

    func validate() throws {
        if times < 1 { throw ValidationError("--repeat must be at least 1") }
    }

    /// The median of the seconds that `body` takes.
    func seconds(_ body: () throws -> Void) rethrows -> Double { try median { try elapsed(body) } }

    /// The median of what `body` measures itself.
    func median(_ body: () throws -> Double) rethrows -> Double {
        var values: [Double] = []
        for _ in 0..<times { values.append(try body()) }
        return values.median
    }
}

/// The seconds that `body` takes, by a clock that only goes forward.
func elapsed(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    return try clock.measure(body).inSeconds
}

extension [Double] {
    /// The middle one, of an even number the mean of both; 0 of none.
    var median: Double {
        if isEmpty { return 0 }
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}

extension Double {
    /// Rounded to so many significant decimal places.
    fileprivate func rounded(places: Int) -> Double {
        guard self != 0, isFinite else { return self }
        var scale = 1.0
        while abs(self) * scale < 1000 && scale < 1e12 { scale *= 10 }
        return (self * scale).rounded() / scale
    }
}
