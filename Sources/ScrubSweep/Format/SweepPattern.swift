internal import Foundation

/// Paths in a sweep file: relative to it, and with `*`, `?` and `[…]` for several files.
struct SweepPattern {
    /// The folder of the sweep file, with a `/` at its end, or nothing.
    let folder: String

    init(ofFile file: String) {
        folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    }

    /// A path as written, from the working directory.
    func resolve(_ path: String) -> String {
        let short = path.hasPrefix("./") && path.count > 2 ? String(path.dropFirst(2)) : path
        return short.hasPrefix("/") ? short : folder + short
    }

    /// The files that a pattern matches, from the working directory, in the order of their names; the file itself, where
    /// there is one of just that name.
    func files(_ pattern: String) -> [String] {
        let path = resolve(pattern)
        if FileManager.default.fileExists(atPath: path) { return [path] }
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(inFolder(pattern), 0, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }.sorted()
    }

    /// Whether a path that `resolve` or `files` gave is one of those that a pattern means.
    func matches(_ path: String, _ pattern: String) -> Bool {
        resolve(pattern) == path || fnmatch(inFolder(pattern), path, FNM_PATHNAME) == 0
    }

    /// A pattern from the working directory; the folder's own name is none.
    private func inFolder(_ pattern: String) -> String {
        let path = resolve(pattern)
        guard !pattern.hasPrefix("/") else { return path }
        let escaped = folder.map { "*?[\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        return escaped + path.dropFirst(folder.count)
    }

    /// The hypotheses and other files of the folder, for an error.
    var yamlFiles: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
    }
}
