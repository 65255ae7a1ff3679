import Foundation
import Scrubjay

/// The files that flags name to be written, each once, and none that the command reads.
struct WrittenFiles {
    private let written: [(flag: String, path: String)]

    /// - Throws: where a folder is not there, or two flags name one file.
    init(_ flags: [(flag: String, path: String?)]) throws {
        written = flags.compactMap { flag, path in path.map { (flag, $0) } }
        for (place, file) in written.enumerated() {
            try requireFolder(of: file.path)
            if let other = written[..<place].first(where: { Self.isSame($0.path, file.path) }) {
                throw UsageError("\(other.flag) and \(file.flag) name the same file")
            }
        }
    }

    /// Throws where one of them is read: it would be lost.
    func check(reading files: [String?]) throws {
        for file in written {
            if files.compactMap(\.self).contains(where: { Self.isSame($0, file.path) }) {
                throw UsageError("\(file.flag) names a file that is read, which would be lost: \(file.path)")
            }
        }
    }

    /// Whether two paths lead to one file. A pipe or a terminal may be written by several.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        let (first, second) = (place(a), place(b))
        guard first == second else { return false }
        let type = try? FileManager.default.attributesOfItem(atPath: first)[.type] as? FileAttributeType
        return type == nil || type == .typeRegular
    }

    private static func place(_ path: String) -> String {
        URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
}
