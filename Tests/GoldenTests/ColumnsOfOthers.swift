import ScrubCore
import Testing

@Suite("columns of modular-addition", .needsGoldens)
struct ColumnsOfModularAddition {
    @Test func `every column follows from the two summands`() throws {
        let prime = 113
        let pairs = (0..<prime).flatMap { a in (0..<prime).map { b in (a: a, b: b) } }
        let check = ColumnsCheck(archive: try Golden.columns("modular-addition"), rows: pairs.count)
        try check.expect("tokens", equals: pairs.flatMap { [$0.a, $0.b, prime] })
        try check.expect("a", equals: pairs.map(\.a))
        try check.expect("b", equals: pairs.map(\.b))
        try check.expect("label", equals: pairs.map { ($0.a + $0.b) % prime })
        try check.expect("sum", equals: pairs.map { ($0.a + $0.b) % prime })
        try check.expect("product", equals: pairs.map { $0.a * $0.b % prime })
        try check.expect("pair", partitionsLike: pairs.map { Set([$0.a, $0.b]) })
    }
}

@Suite("columns of tracr", .needsGoldens)
struct ColumnsOfTracr {
    /// A compiled program: its input is BOS, then all strings of its symbols, in lexicographic order.
    struct Program: CustomTestStringConvertible {
        let name: String
        let bos: Int
        let symbols: [Int]
        let length: Int

        var testDescription: String { name }
        var strings: [[Int]] {
            (0..<length).reduce([[]]) { strings, _ in strings.flatMap { string in symbols.map { string + [$0] } } }
        }
    }

    static let programs = [
        Program(name: "tracr-reverse", bos: 3, symbols: [0, 1, 2], length: 5),
        Program(name: "tracr-frac-prevs", bos: 0, symbols: [2, 3, 4, 5], length: 5),
        Program(name: "tracr-hist", bos: 0, symbols: [1, 2, 3], length: 8),
    ]

    @Test(arguments: programs) func `the tokens are all strings of full length`(_ program: Program) throws {
        let strings = program.strings
        let check = ColumnsCheck(archive: try Golden.columns(program.name), rows: strings.count)
        try check.expect("tokens", equals: strings.flatMap { [program.bos] + $0 })
    }

    @Test func `features of the strings to reverse`() throws {
        let strings = Self.programs[0].strings
        let check = ColumnsCheck(archive: try Golden.columns("tracr-reverse"), rows: strings.count)
        try check.expect("tokens_first_two", partitionsLike: strings.map { Array($0.prefix(2)) })
        try check.expect("multiset", partitionsLike: strings.map { $0.sorted() })
    }
}
