internal import ScrubCore

/// An object of a graph's configuration, read key by key; each error says whose key, where and what it may be.
struct GraphMember {
    /// Sizes beyond this are a mistake, and would overflow products of them.
    static let greatest = 1 << 24

    let reader: GraphReader
    /// What errors call it.
    let subject: String
    let json: JSONValue

    /// Its members; throws where it is no object, or has a key that is not known.
    func members(known: [String]?) throws(GraphModelError) -> [JSONMember] {
        guard case .object(let members) = json.content else {
            throw .notAnObject(place, of: subject, found: reader.text(json))
        }
        if let known, let stray = members.first(where: { !known.contains($0.key) }) {
            throw .unknownKey(reader.place(stray.offset), of: subject, key: stray.key, known: known)
        }
        return members
    }

    var place: SourceLocation { reader.place(json.offset) }

    /// Where the value of `key` is, or the object where it has none.
    func place(_ key: String) -> SourceLocation { json[key].map { reader.place($0.offset) } ?? place }

    func value(_ key: String) throws(GraphModelError) -> JSONValue {
        guard let value = json[key] else { throw .missingKey(place, of: subject, key: key) }
        return value
    }

    func text(_ key: String) throws(GraphModelError) -> String {
        let value = try value(key)
        guard case .text(let text) = value.content else { throw wrong(key, reader.text(value), "a string") }
        return text
    }

    func list(_ key: String) throws(GraphModelError) -> [JSONValue] {
        let value = try value(key)
        guard case .array(let items) = value.content else { throw wrong(key, reader.text(value), "a list") }
        return items
    }

    /// A count from 1, nil where the key is absent.
    func count(_ key: String) throws(GraphModelError) -> Int? {
        guard let value = json[key] else { return nil }
        guard case .integer(let count) = value.content, 1...Int64(Self.greatest) ~= count else {
            throw wrong(key, reader.text(value), "an integer from 1 to \(Self.greatest)")
        }
        return Int(count)
    }

    /// `[["position", 2], ["model", 4]]`.
    func axes() throws(GraphModelError) -> Shape {
        let names = Axis.Name.allCases.map(\.rawValue)
        var axes: [Axis] = []
        for (number, item) in try list("axes").enumerated() {
            guard case .array(let pair) = item.content, pair.count == 2, case .text(let text) = pair[0].content,
                let name = Axis.Name(rawValue: text), case .integer(let count) = pair[1].content,
                1...Int64(Self.greatest) ~= count
            else {
                throw .value(
                    reader.place(item.offset), of: subject, key: "axes[\(number)]",
                    found: reader.text(item),
                    expected: "[NAME, COUNT], the name one of \(names.joined(separator: ", ")), the count from 1 to "
                        + "\(Self.greatest)")
            }
            axes.append(Axis(name, Int(count)))
        }
        let shape = Shape(axes)
        if shape.isCountable { return shape }
        throw .size(place("axes"), of: subject, shape)
    }

    /// `component`, true unless stated. A column's datum is drawn by itself, so that it is always one.
    func isComponent(_ body: GraphConfiguration.Node.Body) throws(GraphModelError) -> Bool {
        guard let value = json["component"] else { return true }
        guard case .boolean(let flag) = value.content else {
            throw wrong("component", reader.text(value), "true or false")
        }
        switch body {
        case .op: return flag
        case .column, .weight: throw wrong("component", "\(flag)", "nothing: only nodes with an op state it")
        }
    }

    func wrong(_ key: String, _ found: String, _ expected: String) -> GraphModelError {
        .value(place(key), of: subject, key: key, found: found, expected: expected)
    }
}

extension GraphReader {
    /// A value as the file has it, cut to a length that fits a message.
    func text(_ value: JSONValue) -> String {
        let text = String(decoding: bytes[value.offset..<value.end], as: UTF8.self)
        return text.count > 60 ? text.prefix(60) + "..." : text
    }
}

extension Shape {
    /// Whether it has elements, and not too many to be counted.
    var isCountable: Bool {
        var count = 1
        for axis in axes {
            let (product, overflow) = count.multipliedReportingOverflow(by: axis.count)
            guard axis.count > 0, !overflow, product <= Int32.max else { return false }
            count = product
        }
        return true
    }
}
