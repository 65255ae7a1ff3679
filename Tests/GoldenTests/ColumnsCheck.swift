import ScrubCore
import Testing

/// Compares a column of an archive with what its definition gives, element by element, exactly.
struct ColumnsCheck {
    let archive: Npz
    let rows: Int

    /// `expected` holds the same number of values for each row.
    func expect(_ name: String, equals expected: [Int]) throws {
        let array = try #require(try archive[name], "no column \(name)")
        compare(name, try array.integers().map { Int($0) }, expected)
    }

    func expect(_ name: String, equals expected: [Double]) throws {
        let array = try #require(try archive[name], "no column \(name)")
        compare(name, try array.doubles(), expected)
    }

    /// Whether the column puts the same rows together as `expected` does, whatever it calls the classes.
    func expect(_ name: String, partitionsLike expected: [some Hashable]) throws {
        let array = try #require(try archive[name], "no column \(name)")
        compare(name, try array.integers().firstOccurrences, expected.firstOccurrences)
    }

    private func compare<T: Equatable>(_ name: String, _ found: [T], _ expected: [T]) {
        #expect(found.count == expected.count, "\(name)")
        guard let bad = zip(found, expected).enumerated().first(where: { $1.0 != $1.1 }) else { return }
        let width = max(expected.count / rows, 1)
        Issue.record(
            "\(name), row \(bad.offset / width), place \(bad.offset % width): \(bad.element.0), not \(bad.element.1)")
    }
}

extension Array where Element: Hashable {
    /// For each element the index of the first that equals it: equal for equal partitions.
    var firstOccurrences: [Int] {
        var first: [Element: Int] = [:]
        return enumerated().map { index, element in
            if let seen = first[element] { return seen }
            first[element] = index
            return index
        }
    }
}
