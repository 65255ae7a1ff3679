/// A word as a POSIX shell reads it back: as it is where that is safe, otherwise in single quotes.
///
/// - Parameter word: what the shell is to make of it.
public func shellQuoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
        $0.isASCII
            && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-./:=,+@%".unicodeScalars.contains($0))
    }
    if isPlain && !word.isEmpty { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
