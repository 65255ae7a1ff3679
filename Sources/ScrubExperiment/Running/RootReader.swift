internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner

/// Reads the roots of a run: by replicate, and by row of D.
struct RootReader {
    let experiment: Experiment
    /// Its place in the plan.
    let member: Int
    let roots: [String: HostTensor]
    let rows: DistinctRows
    /// Whether the dataset axis has all of D.
    let isExact: Bool

    /// - Parameter reference: the row of D of each replicate.
    /// - Throws: `ExperimentError.noRoot`.
    func replicates(reference: [Int32]) throws -> Replicates {
        let measured = try experiment.behaviours.enumerated().map { number, behaviour in
            var measured = Replicates.Measured(
                model: picked(try values(.model, of: number), reference),
                scrubbed: try values(.scrubbed, of: number), baseline: [], column: column(of: behaviour, on: reference),
                modelOutputs: [])
            switch behaviour.baseline {
            case .expected where !isExact: measured.baseline = picked(try values(.baseline, of: number), reference)
            case .sampled: measured.baseline = try values(.baseline, of: number)
            case .ownOutput where !isExact: measured.modelOutputs = try outputs(of: number, on: reference).values
            default: break
            }
            return measured
        }
        return Replicates(
            reference: reference, measured: measured,
            squaredDistance: roots[PlanRoot.squaredDistance.name(member: member)]?.floats ?? [],
            divergence: roots[PlanRoot.divergence.name(member: member)]?.floats ?? [])
    }

    /// What is known of D; nil where only drawn rows were computed.
    func population() throws -> Population? {
        guard isExact else { return nil }
        let everything = Array(0..<Int32(experiment.dataset.count))
        return Population(
            measured: try experiment.behaviours.enumerated().map { number, behaviour in
                var measured = Population.Measured(
                    model: picked(try values(.model, of: number), everything), baseline: [])
                switch behaviour.baseline {
                case .expected: measured.baseline = picked(try values(.baseline, of: number), everything)
                case .ownOutput:
                    let (outputs, width) = try outputs(of: number, on: everything)
                    measured.baseline = OwnOutput(
                        outputs, width: width, scale: experiment.graph.errorScale(of: behaviour)
                    ).expected(weights: experiment.dataset.weights)
                default: break
                }
                return measured
            })
    }

    private func values(_ root: PlanRoot, of number: Int) throws(ExperimentError) -> [Float] {
        let name = root.name(of: number == 0 ? nil : experiment.behaviours[number], member: member)
        guard let values = roots[name]?.floats else { throw .noRoot(name) }
        return values
    }

    private func column(of behaviour: Behaviour, on data: [Int32]) -> [Float]? {
        guard case .correlation(let source) = behaviour.summary,
            let column = experiment.model.columns[source]?.floats
        else { return nil }
        return data.map { column[Int($0)] }
    }

    /// `[row, …]` what the behaviour reads of the model on those rows of D.
    private func outputs(of number: Int, on data: [Int32]) throws -> (values: [Float], width: Int) {
        let outputs = try values(.modelOutputs, of: number)
        let width = outputs.count / max(1, rows.representatives.count)
        return (picked(outputs, data, width: width), width)
    }

    /// The blocks of values that the dataset axis has for those rows of D.
    private func picked(_ values: [Float], _ data: [Int32], width: Int = 1) -> [Float] {
        if width == 1 { return data.map { values[Int(rows.slots[Int($0)])] } }
        var picked: [Float] = []
        picked.reserveCapacity(data.count * width)
        for row in data {
            let slot = Int(rows.slots[Int(row)])
            picked += values[slot * width..<(slot + 1) * width]
        }
        return picked
    }
}

extension Graph {
    /// What a squared error multiplies its sum by.
    func errorScale(of behaviour: Behaviour) -> Double {
        if case .op(.squaredError(let error)) = nodes[behaviour.loss].kind { Double(error.scale) } else { 1 }
    }
}
