internal import ScrubCore
internal import ScrubOps

extension Graph: CustomStringConvertible {
    /// One line a node that depends on the data: its name, type, and what it reads. Weights stand by their tensor's
    /// name.
    public var description: String {
        let shown = nodes.indices.filter { nodes[$0].dependsOnData }
        let width = shown.map { nodes[$0].name.count }.max() ?? 0
        return shown.map { number in
            let node = nodes[number]
            let name = node.name + String(repeating: " ", count: width - node.name.count)
            let mark = number == output ? ">" : node.isComponent ? "*" : " "
            let operands = node.inputs.map { nodes[$0].name }.joined(separator: ", ")
            let body =
                switch node.kind {
                case .source(let source): "\(source)"
                case .op(let op): "\(op.name)(\(operands))"
                case .onReference: "onReference(\(operands))"
                }
            return "\(mark) \(name)  \(node.type)  \(body)\n"
        }.joined()
    }
}
