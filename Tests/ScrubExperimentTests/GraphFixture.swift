import Foundation
import ScrubCore

/// The random graphs of `Graphs/graphs.json`, with figures that `Graphs/make.py` has from numpy in float64.
enum GraphFixture {
    private static let path =
        URL(filePath: #filePath).deletingLastPathComponent().path + "/Graphs/graphs.json"

    static let all = cases()

    private static func cases() -> [GraphFileCase] {
        guard let bytes = FileManager.default.contents(atPath: path),
            let json = try? bytes.withUnsafeBytes({ try JSONText.parse($0, file: path) }),
            case .array(let items) = json.content
        else { return [] }
        /// A value as the file has it.
        func text(_ value: JSONValue?) -> String {
            value.map { String(decoding: bytes[$0.offset..<$0.end], as: UTF8.self) } ?? ""
        }
        return items.enumerated().compactMap { number, item in
            guard case .object(let weights)? = item["weights"]?.content, case .array(let rows)? = item["rows"]?.content,
                case .text(let claim)? = item["claim"]?.content, let scrubbed = item["scrubbed"]?.numbers.first,
                let baseline = item["baseline"]?.numbers.first
            else { return nil }
            return GraphFileCase(
                testDescription: "random graph \(number), a claim on \(claim)",
                // Without the brackets of the list.
                nodes: String(text(item["nodes"]).dropFirst().dropLast()),
                weights: weights.map {
                    (
                        $0.key, ($0.value["sizes"]?.numbers ?? []).map { Int($0) },
                        ($0.value["values"]?.numbers ?? []).map { Float($0) }
                    )
                },
                rows: rows.map { text($0) },
                hypothesis: """
                    behaviour: {loss: squared_error, label: y}
                    interpretation: {inputs: {\(claim): {same: f, paths: all}}}
                    """,
                expected: GraphFileCase.Figures(model: 0, scrubbed: scrubbed, baseline: baseline), tolerance: 1e-5)
        }
    }
}

extension JSONValue {
    /// The numbers of a list, or one.
    fileprivate var numbers: [Double] {
        switch content {
        case .integer(let value): [Double(value)]
        case .real(let value): [value]
        case .array(let items): items.flatMap(\.numbers)
        default: []
        }
    }
}
