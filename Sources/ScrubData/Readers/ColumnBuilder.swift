internal import ScrubCore

/// Gathers the values of one JSON key, row by row, and settles on a type: the first value that is not NULL decides,
/// and integers become reals when a real comes.
struct ColumnBuilder {
    private enum Kind {
        case undecided, booleans, integers, reals, texts, integerArrays, realArrays
    }

    private let name: String
    private let path: String
    private(set) var count: Int
    private var kind = Kind.undecided
    /// The line of the first value that is not NULL.
    private var firstLine = 0
    /// The line of the first NULL; the file's first line when the key came later.
    private var nullLine: Int?
    private var width = 0
    // One of these is filled. They are apart, not in an enum's payload, so that appending never copies.
    private var booleans: [Bool?] = []
    private var integers: [Int64?] = []
    private var reals: [Double?] = []
    private var texts: [String?] = []
    private var integerElements: [Int64] = []
    private var realElements: [Double] = []

    /// A column whose first `nulls` rows lack the key.
    init(_ name: String, nulls: Int, path: String) {
        self.name = name
        self.path = path
        count = nulls
        nullLine = nulls > 0 ? 1 : nil
    }

    mutating func appendNull(line: Int) throws(DatasetError) {
        nullLine = nullLine ?? line
        switch kind {
        case .undecided: break
        case .booleans: booleans.append(nil)
        case .integers: integers.append(nil)
        case .reals: reals.append(nil)
        case .texts: texts.append(nil)
        case .integerArrays, .realArrays:
            throw problem(.missingArray(column: name, firstLine: firstLine), line)
        }
        count += 1
    }

    mutating func append(_ value: JSONValue, line: Int) throws(DatasetError) {
        switch value.content {
        case .null:
            try appendNull(line: line)
            return
        case .boolean(let value):
            try settle(.booleans, line)
            booleans.append(value)
        case .integer(let value):
            if kind == .reals {
                reals.append(try exactly(value, line))
            } else {
                try settle(.integers, line)
                integers.append(value)
            }
        case .real(let value):
            if kind == .integers { try promote(line) }
            try settle(.reals, line)
            reals.append(value)
        case .text(let value):
            try settle(.texts, line)
            texts.append(value)
        case .array(let values): try append(values, line: line)
        case .object: throw problem(.unsupported(column: name, found: value.kind), line)
        }
        count += 1
    }

    /// The column; one that is NULL in every row counts as integers.
    func column() -> Column {
        switch kind {
        case .undecided: Column(name, .integers([Int64?](repeating: nil, count: count)))
        case .booleans: Column(name, .booleans(booleans))
        case .integers: Column(name, .integers(integers))
        case .reals: Column(name, .reals(reals))
        case .texts: Column(name, .texts(texts))
        case .integerArrays:
            Column(name, .integerArrays(width: width, NarrowIntegers(integerElements)), count: count, sizes: [width])
        case .realArrays: Column(name, .realArrays(width: width, realElements), count: count, sizes: [width])
        }
    }

    private mutating func append(_ values: [JSONValue], line: Int) throws(DatasetError) {
        var exact: [Int64] = []
        var rounded: [Double] = []
        for value in values {
            switch value.content {
            case .integer(let integer): exact.append(integer)
            case .boolean(let boolean): exact.append(boolean ? 1 : 0)
            case .real: break
            default: throw problem(.badElement(column: name, found: value.kind), line)
            }
        }
        let hasReal = exact.count < values.count
        if hasReal || kind == .realArrays {
            for value in values {
                switch value.content {
                case .integer(let integer): rounded.append(try exactly(integer, line))
                case .boolean(let boolean): rounded.append(boolean ? 1 : 0)
                case .real(let real): rounded.append(real)
                default: break
                }
            }
        }
        if kind == .undecided {
            width = values.count
            if let nullLine {
                throw problem(.missingArray(column: name, firstLine: line), nullLine)
            }
        }
        if hasReal, kind == .integerArrays {
            realElements = []
            for integer in integerElements { realElements.append(try exactly(integer, line)) }
            (kind, integerElements) = (.realArrays, [])
        }
        try settle(hasReal || kind == .realArrays ? .realArrays : .integerArrays, line)
        guard values.count == width else {
            throw problem(.ragged(column: name, width: values.count, firstWidth: width, firstLine: firstLine), line)
        }
        if kind == .realArrays { realElements += rounded } else { integerElements += exact }
    }

    /// Makes `wanted` the type, or confirms that it is.
    private mutating func settle(_ wanted: Kind, _ line: Int) throws(DatasetError) {
        guard kind == .undecided else {
            guard kind == wanted else {
                throw problem(
                    .mixed(column: name, found: text(wanted), expected: text(kind), firstLine: firstLine), line)
            }
            return
        }
        (kind, firstLine) = (wanted, line)
        switch wanted {
        case .undecided, .integerArrays, .realArrays: break
        case .booleans: booleans = [Bool?](repeating: nil, count: count)
        case .integers: integers = [Int64?](repeating: nil, count: count)
        case .reals: reals = [Double?](repeating: nil, count: count)
        case .texts: texts = [String?](repeating: nil, count: count)
        }
    }

    private mutating func promote(_ line: Int) throws(DatasetError) {
        reals.reserveCapacity(integers.count)
        for integer in integers {
            if let integer { reals.append(try exactly(integer, line)) } else { reals.append(nil) }
        }
        (kind, integers) = (.reals, [])
    }

    private func exactly(_ integer: Int64, _ line: Int) throws(DatasetError) -> Double {
        guard let real = Double(exactly: integer) else {
            throw problem(.inexact(column: name, value: String(integer)), line)
        }
        return real
    }

    private func problem(_ problem: TextProblem, _ line: Int) -> DatasetError {
        .text(problem, place: SourceLocation(file: path, line: line))
    }

    private func text(_ kind: Kind) -> String {
        switch kind {
        case .undecided: "nothing"
        case .booleans: "a boolean"
        case .integers: "an integer"
        case .reals: "a real"
        case .texts: "a string"
        case .integerArrays, .realArrays: "an array"
        }
    }
}
