internal import Foundation
internal import ScrubCore

extension CacheFolder {
    /// The path of a file that is named by what kind it is, and by a digest of what it is of.
    func file(_ kind: String, of key: [String]) -> String {
        let digest = String(Digest(key.joined(separator: "\n")).prefix64, radix: 16)
        return file("\(kind)-\(String(repeating: "0", count: 16 - digest.count))\(digest).json")
    }

    /// Keeps a value whose numbers are finite in a file of the folder, in place of what was there.
    func keep(_ value: some Encodable, in file: String) throws(FileError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        // Nothing but a number that is not finite can fail to encode.
        let bytes = (try? encoder.encode(value)).map(Array.init) ?? []
        try make()
        try writeAtomically(bytes + [UInt8(ascii: "\n")], to: file)
    }
}
