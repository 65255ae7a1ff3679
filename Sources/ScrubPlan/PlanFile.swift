internal import Foundation
public import ScrubCore

/// A plan in a file: JSON with a format name and a version. docs/plan-format.md describes it.
public struct PlanFile: Codable, Hashable, Sendable {
    public static let format = "scrubjay-plan"
    public static let version = 1

    public var format: String
    public var version: Int
    public var plan: Plan

    public init(_ plan: Plan) {
        format = PlanFile.format
        version = PlanFile.version
        self.plan = plan
    }
}

/// A file that holds no plan this version can run.
public enum PlanFileError: Diagnostic, Equatable {
    case notAPlan(file: String, String)
    case version(file: String, found: Int)
    case invalid(file: String, PlanError)

    public var location: SourceLocation? {
        switch self {
        case .notAPlan(let file, _), .version(let file, _), .invalid(let file, _): SourceLocation(file: file)
        }
    }

    public var message: String {
        switch self {
        case .notAPlan(_, let reason): "not a plan: \(reason)"
        case .version(_, let found): "a plan of version \(found); this program reads version \(PlanFile.version)"
        case .invalid(_, let error): "the plan breaks a rule: \(error.message)"
        }
    }
}

extension Plan {
    /// The file's bytes: JSON with sorted keys, equal for equal plans.
    public func json() -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        // Nothing in a plan can fail to encode: names, numbers that are finite by construction, and enums of those.
        return (try? encoder.encode(PlanFile(self))).map(Array.init) ?? []
    }

    /// Reads and verifies a plan.
    ///
    /// - Parameters:
    ///   - bytes: the file's contents.
    ///   - file: the name errors bear.
    public init(json bytes: [UInt8], file: String) throws(PlanFileError) {
        struct Header: Codable {
            var format: String
            var version: Int
        }
        let decoder = JSONDecoder()
        let data = Data(bytes)
        let header: Header
        do { header = try decoder.decode(Header.self, from: data) } catch {
            throw .notAPlan(file: file, "expected an object with format \"\(PlanFile.format)\" and version")
        }
        guard header.format == PlanFile.format else {
            throw .notAPlan(file: file, "its format is \"\(header.format)\", expected \"\(PlanFile.format)\"")
        }
        guard header.version == PlanFile.version else { throw .version(file: file, found: header.version) }
        do { self = try decoder.decode(PlanFile.self, from: data).plan } catch {
            throw .notAPlan(file: file, PlanFile.reason(error, in: data))
        }
        do { try verify() } catch { throw .invalid(file: file, error) }
    }
}

extension PlanFile {
    /// A decoding error as `at steps.3.op: no op "swirl"`.
    fileprivate static func reason(_ error: any Error, in data: Data) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        let (context, text): (DecodingError.Context, String?)
        switch error {
        case .typeMismatch(_, let found): (context, text) = (found, nil)
        case .valueNotFound(_, let found): (context, text) = (found, "a value is missing, or null")
        case .keyNotFound(let key, let found): (context, text) = (found, "expected a member \"\(key.stringValue)\"")
        case .dataCorrupted(let found):
            // Foundation calls a number that no integer holds so, too.
            let isJSON = found.codingPath.isEmpty && (try? JSONSerialization.jsonObject(with: data)) != nil
            (context, text) = (found, isJSON ? "a number is not whole, or too large" : nil)
        @unknown default: return "\(error)"
        }
        let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        return (path.isEmpty ? "" : "at \(path): ") + (text ?? context.debugDescription)
    }
}
