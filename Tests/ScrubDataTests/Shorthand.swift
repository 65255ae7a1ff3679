import ScrubCore
import ScrubData

extension Folder {
    /// Reads a dataset from a file with this text.
    func dataset(
        _ name: String, _ text: String, where condition: String? = nil, weight: String? = nil
    ) throws -> Dataset {
        try Dataset.read(try file(name, text.utf8), where: condition, weight: weight, location: nil)
    }

    /// What the error in reading such a dataset says.
    func complaint(_ name: String, _ text: String, where condition: String? = nil, weight: String? = nil) -> String {
        complaint { try dataset(name, text, where: condition, weight: weight) }
    }
}

extension Dataset {
    /// The classes of a feature, each as its rows.
    func classes(_ text: String, named: [String: String] = [:]) throws -> [[Int32]] {
        let classes = try feature(text, named: named, location: nil).classes
        return (0..<classes.classCount).map { Array(classes.members(ofClass: $0)) }
    }

    /// What the error in making a feature says.
    func complaint(_ text: String, named: [String: String] = [:]) -> String {
        do {
            let feature = try feature(text, named: named, location: SourceLocation(file: "h.yaml", line: 3))
            return "no error, but \(feature.classes.classOf)"
        } catch {
            return "\(error)"
        }
    }
}

extension Column {
    var integers: [Int64?]? { if case .integers(let values) = values { values } else { nil } }
    var reals: [Double?]? { if case .reals(let values) = values { values } else { nil } }
    var texts: [String?]? { if case .texts(let values) = values { values } else { nil } }
    var booleans: [Bool?]? { if case .booleans(let values) = values { values } else { nil } }
}
