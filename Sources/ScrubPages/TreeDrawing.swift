/// A program that lays graphs out.
public protocol TreeDrawing: Sendable {
    /// - Parameter graphs: in Graphviz's language, one after another.
    /// - Returns: their layouts in Graphviz's format `plain`, in the same order.
    /// - Throws: a `Diagnostic` where there is no such program, or it failed.
    func layout(of graphs: String) throws -> String
}

extension Graphviz: TreeDrawing {
    public func layout(of graphs: String) throws -> String {
        String(decoding: try run(graphs, format: "plain"), as: UTF8.self)
    }
}
