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
        case .pattern(let isCausal): return Self.pattern(inputs, isCausal: isCausal)
        case .mix: return inputs[0].times(inputs[1], plus: [Double](repeating: 0, count: inputs[1].width))
        case .activation(let name): return inputs[0].map { activation(name, $0) }
        }
    }

    /// The softmax of scaled dot products of queries and keys: -1e5 where the key is padding, none after the query when
    /// causal.
    private static func pattern(_ inputs: [Matrix], isCausal: Bool) -> Matrix {
        let (q, k) = (inputs[0], inputs[1])
        let nothing = [Double](repeating: 0, count: k.rows)
        var scores = q.times(k.transposed(), plus: nothing).map { $0 / Double(q.width).squareRoot() }
        for i in 0..<scores.rows {
            for j in 0..<scores.width {
                if inputs.count == 3, inputs[2][j, 0] == 0 { scores[i, j] = -1e5 }
                if isCausal, j > i { scores[i, j] = -.infinity }
            }
        }
        return scores.softmax()
    }

    /// The plain model's value of every node on one datum.
    func values(_ tokens: Matrix) -> [Matrix] {
        var values = [tokens]
        for number in 1..<sites.count { values.append(compute(number, sites[number].inputs.map { values[$0] })) }
        return values
    }

    /// The plain model's output on one datum.
    func forward(_ tokens: Matrix) -> Matrix { values(tokens)[output] }

    /// Every node that is reached from `node` through nothing but wiring, in order.
    func reachedThroughWiring(from node: Int) -> [Int] {
        let reached = sites[node].inputs.flatMap { input in
            [input] + (sites[input].isComponent ? [] : reachedThroughWiring(from: input))
        }
        return Set(reached).sorted()
    }

    /// The node that a claim below `parent` means: a part of the parent's component by its short name, or any node by its
    /// full one.
    func resolve(_ name: String, below parent: Int) -> Int? {
        if let part = number(of: "\(sites[parent].owner).\(name)") { return part }
        return name == "output" ? output : number(of: name)
    }
}
