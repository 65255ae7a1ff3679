extension JudgeTransformer {
    /// The value of node `number` from the values that it reads. Tokens are not computed but given.
    func compute(_ number: Int, _ inputs: [Matrix]) -> Matrix {
        switch sites[number].rule {
        case .tokens: preconditionFailure("tokens are given")
        case .padding(let token): return inputs[0].map { $0 == Double(token) ? 0 : 1 }
        case .embed(let words, let places):
            let rows = (0..<inputs[0].rows).map { position -> [Double] in
                let word = words.row(Int(inputs[0][position, 0]))
                return zip(word, places.row(position)).map { $0 + $1 }
            }
            return Matrix(rows.count, words.width, rows.flatMap(\.self))
        case .sum(let bias):
            var sum = inputs[0]
            for input in inputs.dropFirst() { for i in sum.values.indices { sum.values[i] += input.values[i] } }
            for i in sum.values.indices { sum.values[i] += bias[i % bias.count] }
            return sum
        case .norm(let weight, let bias):
            return inputs[0].normed(weight: weight, bias: bias, epsilon: TinyModel.epsilon)
        case .linear(let matrix, let bias): return inputs[0].times(matrix, plus: bias)
        case .attention(let isCausal): return Self.attention(inputs, isCausal: isCausal)
        case .activation(let name): return inputs[0].map { activation(name, $0) }
        }
    }

    /// Scaled dot products of queries and keys, -1e5 where the key is padding, none after the query when causal; then
    /// the mean of values by their softmax.
    private static func attention(_ inputs: [Matrix], isCausal: Bool) -> Matrix {
        let (q, k, v) = (inputs[0], inputs[1], inputs[2])
        let nothing = [Double](repeating: 0, count: k.rows)
        var scores = q.times(k.transposed(), plus: nothing).map { $0 / Double(q.width).squareRoot() }
        for i in 0..<scores.rows {
            for j in 0..<scores.width {
                if inputs.count == 4, inputs[3][j, 0] == 0 { scores[i, j] = -1e5 }
                if isCausal, j > i { scores[i, j] = -.infinity }
            }
        }
        return scores.softmax().times(v, plus: [Double](repeating: 0, count: v.width))
    }

    /// The plain model's output on one datum.
    func forward(_ tokens: Matrix) -> Matrix {
        var values = [tokens]
        for number in 1..<sites.count { values.append(compute(number, sites[number].inputs.map { values[$0] })) }
        return values[output]
    }

    /// Every route from `node` down to `target` that passes through nothing but wiring: the nodes after `node`,
    /// `target` the last.
    func routes(from node: Int, to target: Int) -> [[Int]] {
        sites[node].inputs.flatMap { input -> [[Int]] in
            if input == target { return [[input]] }
            return sites[input].isComponent ? [] : routes(from: input, to: target).map { [input] + $0 }
        }
    }

    /// What a claim below `node` may name: nodes reached through wiring alone.
    func reachedThroughWiring(from node: Int) -> [Int] { sites.indices.filter { !routes(from: node, to: $0).isEmpty } }

    /// The components that `node` reads.
    func directInputs(of node: Int) -> [Int] { reachedThroughWiring(from: node).filter { sites[$0].isComponent } }

    /// The node that a claim below `parent` means: a part of the parent by its short name, or any node by its full one.
    func resolve(_ name: String, below parent: Int) -> Int? {
        number(of: "\(sites[parent].name).\(name)") ?? number(of: name)
    }
}
