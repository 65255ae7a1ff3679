internal import ScrubCore
internal import ScrubOps

/// Reads what one node of a graph's configuration is: a column, a weight or an op.
struct GraphNodeReader {
    let member: GraphMember
    /// Every node's number by its name.
    let numbers: [String: Int]
    /// Its own.
    let number: Int

    func body() throws(GraphModelError) -> GraphConfiguration.Node.Body {
        let stated = ["column", "weight", "op"].filter { member.json[$0] != nil }
        guard stated.count == 1 else {
            throw .kind(member.place, of: member.subject, stated: stated)
        }
        switch stated[0] {
        case "column": return try column()
        case "weight":
            _ = try member.members(known: ["name", "weight", "axes", "component"])
            return .weight(try bound("weight"), try member.axes())
        default: return try op()
        }
    }

    private func column() throws(GraphModelError) -> GraphConfiguration.Node.Body {
        _ = try member.members(known: ["name", "column", "element", "below", "axes", "component"])
        let below = try member.count("below")
        var element = below == nil ? ElementType.float32 : .int32
        if member.json["element"] != nil {
            let text = try member.text("element")
            guard let stated = ElementType(rawValue: text) else {
                throw member.wrong("element", "\"\(text)\"", "float32 or int32")
            }
            element = stated
        }
        if element == .int32 && below == nil { throw .missingKey(member.place, of: member.subject, key: "below") }
        if element == .float32 && below != nil {
            throw member.wrong("element", "\"float32\" beside \"below\"", "int32, or no \"below\"")
        }
        return .column(try bound("column"), ValueType(try member.axes(), element), below: below)
    }

    /// The name of what is bound.
    private func bound(_ key: String) throws(GraphModelError) -> String {
        let name = try member.text(key)
        guard !GraphReader.isReserved(name) else {
            throw member.wrong(key, "\"\(name)\"", "a name that the program does not bind itself")
        }
        return name
    }

    private func op() throws(GraphModelError) -> GraphConfiguration.Node.Body {
        _ = try member.members(known: ["name", "op", "inputs", "component"])
        let op = try GraphOpReader(member: member).op()
        var inputs: [Int] = []
        for (index, item) in try member.list("inputs").enumerated() {
            let place = member.reader.place(item.offset)
            guard case .text(let name) = item.content else {
                throw .value(
                    place, of: member.subject, key: "inputs[\(index)]", found: member.reader.text(item),
                    expected: "the name of a node")
            }
            guard let input = numbers[name] else {
                throw .unknownNode(
                    place, of: member.subject, name: name, known: numbers.sorted { $0.value < $1.value }.map(\.key))
            }
            guard input < number else {
                throw .laterInput(place, of: member.subject, name: name, isItself: input == number)
            }
            inputs.append(input)
        }
        return .op(op, inputs: inputs)
    }
}
