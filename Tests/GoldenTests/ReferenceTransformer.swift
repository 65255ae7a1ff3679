import Foundation
import ScrubCore
import Testing

/// A transformer in float64, written from the model's equations alone: what engines are compared with.
///
/// Plain loops over whole sequences, nothing shared with the project but the reading of files.
struct ReferenceTransformer {
    let form: ReferenceForm
    /// By tensor name; a tensor with a head axis is one tensor `name[head]` for each.
    private let tensors: [String: [Double]]

    init(folder: String) throws {
        form = try ReferenceForm(try JSONText.parse(contentsOf: folder + "/config.json"))
        tensors = try Self.tensors(try Safetensors(folder + "/model.safetensors"))
    }

    private static func tensors(_ file: Safetensors) throws -> [String: [Double]] {
        var tensors: [String: [Double]] = [:]
        for name in file.names {
            let array = try #require(file[name])
            let values = try array.doubles()
            tensors[name] = values
            let perHead = ["W_Q", "W_K", "W_V", "W_O", "b_Q", "b_K", "b_V"].contains { name.hasSuffix(".attn.\($0)") }
            guard perHead else { continue }
            for (head, part) in values.rows(of: values.count / array.sizes[0]).enumerated() {
                tensors["\(name)[\(head)]"] = part
            }
        }
        return tensors
    }

    /// What is written to the residual stream: the embedding, every head, every MLP, and biases that belong to none of
    /// them, each `[position, model]`, under the names of the project's graph.
    func components(_ tokens: [Int]) -> [(name: String, value: [Double])] {
        var components = [(name: "embed", value: tokens.enumerated().flatMap { embedding($1, at: $0) })]
        var stream = components[0].value
        for layer in 0..<form.layers {
            var written = attention(stream, tokens, layer: layer)
            for (_, value) in written { stream.add(value) }
            if form.hasMLP {
                written.append((name: "m\(layer)", value: mlp(stream, layer: layer)))
                stream.add(written[written.count - 1].value)
            }
            components += written
        }
        return components
    }

    /// The logits that a sum of components gives, `[position, output]`.
    func logits(of components: [[Double]]) -> [Double] {
        var stream = [Double](repeating: 0, count: components.first?.count ?? 0)
        for component in components { stream.add(component) }
        return linear(normed(stream, "ln_final"), "unembed.W_U", "unembed.b_U", width: form.outputs)
    }

    /// The logits of a sequence, `[position, output]`.
    func logits(_ tokens: [Int]) -> [Double] { logits(of: components(tokens).map(\.value)) }

    func embedding(_ token: Int, at position: Int) -> [Double] {
        let (tokens, positions) = (tensor("embed.W_E"), tensor("pos_embed.W_pos"))
        return (0..<form.model).map { tokens[token * form.model + $0] + positions[position * form.model + $0] }
    }

    /// The layer norm called `name` of each vector; the vectors themselves in a model without norms.
    func normed(_ vectors: [Double], _ name: String) -> [Double] {
        guard form.hasNorms else { return vectors }
        let (weight, bias) = (tensor(name + ".w"), tensor(name + ".b"))
        return vectors.rows(of: form.model).flatMap { vector in
            let mean = vector.reduce(0, +) / Double(form.model)
            let variance = vector.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(form.model)
            let scale = 1 / (variance + form.epsilon).squareRoot()
            return (0..<form.model).map { (vector[$0] - mean) * scale * weight[$0] + bias[$0] }
        }
    }

    /// The queries, keys or values (`part` is Q, K or V) of one head, `[position, head]`.
    func headProjection(_ vectors: [Double], _ part: String, layer: Int, head number: Int) -> [Double] {
        let block = "blocks.\(layer).attn."
        return linear(vectors, "\(block)W_\(part)[\(number)]", "\(block)b_\(part)[\(number)]", width: form.head)
    }

    private func attention(
        _ stream: [Double], _ tokens: [Int], layer: Int
    ) -> [(name: String, value: [Double])] {
        let read = normed(stream, "blocks.\(layer).ln1")
        var written: [(name: String, value: [Double])] = []
        for number in 0..<form.heads {
            let (queries, keys, values) = (
                headProjection(read, "Q", layer: layer, head: number).rows(of: form.head),
                headProjection(read, "K", layer: layer, head: number).rows(of: form.head),
                headProjection(read, "V", layer: layer, head: number).rows(of: form.head)
            )
            var mixed: [Double] = []
            for (position, query) in queries.enumerated() {
                let seen = tokens.indices.filter {
                    tokens[$0] != form.paddingToken && (!form.isCausal || $0 <= position)
                }
                let scale = 1 / Double(form.head).squareRoot()
                let weights = softmax(seen.map { key in scale * zip(query, keys[key]).reduce(0) { $0 + $1.0 * $1.1 } })
                var sum = [Double](repeating: 0, count: form.head)
                for (key, weight) in zip(seen, weights) {
                    for index in 0..<form.head { sum[index] += weight * values[key][index] }
                }
                mixed += sum
            }
            let value = linear(mixed, "blocks.\(layer).attn.W_O[\(number)]", nil, width: form.model)
            written.append((name: "a\(layer).h\(number)", value: value))
        }
        if let bias = tensors["blocks.\(layer).attn.b_O"] {
            var value = [Double](repeating: 0, count: stream.count)
            value.addToEach(bias)
            written.append((name: "a\(layer).b_O", value: value))
        }
        return written
    }

    private func mlp(_ stream: [Double], layer: Int) -> [Double] {
        let block = "blocks.\(layer).mlp."
        let read = normed(stream, "blocks.\(layer).ln2")
        let neurons = linear(read, block + "W_in", block + "b_in", width: tensor(block + "W_in").count / form.model)
        return linear(neurons.map { max($0, 0) }, block + "W_out", block + "b_out", width: form.model)
    }

    /// Each vector times the matrix called `weight`, `[inner, width]`, plus the bias, where there is one.
    private func linear(_ vectors: [Double], _ weight: String, _ bias: String?, width: Int) -> [Double] {
        let matrix = tensor(weight)
        let inner = matrix.count / width
        var products = [Double](repeating: 0, count: vectors.count / inner * width)
        products.withUnsafeMutableBufferPointer { products in
            matrix.withUnsafeBufferPointer { matrix in
                for row in 0..<vectors.count / inner {
                    for k in 0..<inner {
                        let x = vectors[row * inner + k]
                        for column in 0..<width { products[row * width + column] += x * matrix[k * width + column] }
                    }
                }
            }
        }
        if let bias, let values = tensors[bias] { products.addToEach(values) }
        return products
    }

    private func tensor(_ name: String) -> [Double] {
        guard let values = tensors[name] else { preconditionFailure("the model has no tensor \(name)") }
        return values
    }
}

func softmax(_ scores: [Double]) -> [Double] {
    let greatest = scores.max() ?? 0
    let exponentials = scores.map { exp($0 - greatest) }
    let total = exponentials.reduce(0, +)
    return exponentials.map { $0 / total }
}

/// `log1p(sum over j != label of exp(l_j - l_label))`, by the largest difference, so that nothing overflows and small
/// losses keep their digits.
func crossEntropy(_ logits: some Collection<Double>, label: Int) -> Double {
    let logits = Array(logits)
    let others = logits.indices.filter { $0 != label }.map { logits[$0] - logits[label] }
    let greatest = others.max() ?? 0
    guard greatest > 0 else { return log1p(others.reduce(0) { $0 + exp($1) }) }
    return greatest + log(others.reduce(exp(-greatest)) { $0 + exp($1 - greatest) })
}

extension [Double] {
    fileprivate mutating func add(_ other: [Double]) {
        for index in indices { self[index] += other[index] }
    }

    /// Adds `vector` to each run of its length.
    fileprivate mutating func addToEach(_ vector: [Double]) {
        for index in indices { self[index] += vector[index % vector.count] }
    }
}
