import Foundation
import ScrubCore
import ScrubData
import ScrubExperiment
import ScrubGraph
import ScrubHypothesis
import ScrubOps

/// Scalars, sums of them and multiples of them: graphs small enough to work out by hand. The behaviour is the absolute
/// error of the output `y` against a column of the same name.
struct LinearGraph {
    private(set) var graph = Graph()
    private(set) var weights: [String: HostTensor] = [:]

    /// A named input: a column of D.
    @discardableResult
    mutating func input(_ name: String) throws -> Int {
        try graph.add(source: .column(name), named: name, type: ValueType(.scalar))
    }

    /// `Σ factor · node`.
    @discardableResult
    mutating func add(_ name: String, _ terms: [(Float, Int)]) throws -> Int {
        var scaled: [Int] = []
        for (number, (factor, node)) in terms.enumerated() {
            let weight = "\(name).factor\(number)"
            weights[weight] = HostTensor([], [factor])
            let constant = try graph.add(source: .weight(weight, slice: nil), named: weight, type: ValueType(.scalar))
            scaled.append(try graph.add(.product(Product()), [node, constant], named: "\(name).term\(number)"))
        }
        return try graph.add(.sum(Sum()), scaled, named: name, isComponent: true)
    }

    /// The experiment over `rows` of the inputs `names`; the last number of a row is the output's label.
    func experiment(
        output: Int, _ names: [String], _ rows: [[Float]], weights: [Double]? = nil, _ interpretation: Interpretation
    ) throws -> Experiment {
        var (graph, columns) = (graph, [String: HostTensor]())
        graph.setOutput(output)
        for (number, name) in (names + ["label"]).enumerated() {
            columns[name] = HostTensor([rows.count], rows.map { $0[number] })
        }
        let label = try graph.add(source: .column("label"), named: "label", type: ValueType(.scalar))
        let loss = try graph.add(.absoluteError(AbsoluteError(scale: 1)), [output, label], named: "loss")
        let dataset =
            try weights.map { try Self.weighted(names, rows, $0) }
            ?? Dataset(
                file: "by hand",
                columns: names.enumerated().map { number, name in
                    Column(name, .reals(rows.map { Double($0[number]) }))
                })
        return try Experiment(
            interpretation, of: Model(graph: graph, columns: columns, weights: self.weights), on: dataset,
            measuring: Behaviour(metric: "absolute_error", read: output, loss: loss))
    }

    /// Weights are read from a file only.
    private static func weighted(_ names: [String], _ rows: [[Float]], _ weights: [Double]) throws -> Dataset {
        let path = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString).csv").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let lines = zip(rows, weights).map { row, weight in
            (names.indices.map { "\(row[$0])" } + ["\(weight)"]).joined(separator: ",")
        }
        let text = ([(names + ["weight"]).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try Dataset.read(path, where: nil, weight: "weight", location: nil)
    }
}
