internal import ScrubCore
internal import ScrubOps

/// How long a plan is expected to run, by axis: without reading files, drawing rows and making figures.
public struct PlanTime: Codable, Hashable, Sendable {
    public var datasetSeconds: Double
    public var replicateSeconds: Double

    public var seconds: Double { datasetSeconds + replicateSeconds }

    private enum CodingKeys: String, CodingKey {
        case datasetSeconds = "dataset_seconds"
        case replicateSeconds = "replicate_seconds"
    }

    init(datasetSeconds: Double, replicateSeconds: Double) {
        self.datasetSeconds = datasetSeconds
        self.replicateSeconds = replicateSeconds
    }

    /// Of several devices, each of which computes the dataset axis, and replicates by its rate.
    ///
    /// - Parameter times: what each would take alone, at least one; where one is not known, nor is this.
    public init?(sharedBy times: [PlanTime?]) {
        let known = times.compactMap(\.self)
        guard let first = known.first?.replicateSeconds, known.count == times.count else { return nil }
        datasetSeconds = known.map(\.datasetSeconds).max() ?? 0
        replicateSeconds = first == 0 ? 0 : first / known.reduce(0) { $0 + first / $1.replicateSeconds }
    }
}

extension Plan {
    /// Each step takes what its operations or its bytes take, whichever is longer, and what a step takes anyway; steps
    /// follow each other. S. Williams, A. Waterman, D. Patterson, "Roofline", <https://doi.org/10.1145/1498765.1498785>.
    ///
    /// - Parameters:
    ///   - datasetRows: rows of the dataset axis.
    ///   - replicates: how many.
    ///   - profile: of the device that runs it.
    public func time(datasetRows: Int, replicates: Int, on profile: DeviceProfile) -> PlanTime {
        func seconds(_ rows: Rows, _ count: Int) -> Double {
            let chunks = Double(chunkCount(on: rows, count))
            return steps(on: rows).reduce(chunks * profile.chunkSeconds) { total, step in
                let work = work(of: step)
                let bytes = work.bytes * Double(count) + work.bytesPerChunk * chunks
                let busy = max(
                    work.operations * Double(count) / profile.operationsPerSecond(of: step, in: self),
                    bytes / profile.bytesPerSecond(of: step, in: self))
                return total + busy + chunks * profile.stepSeconds
            }
        }
        return PlanTime(
            datasetSeconds: seconds(.dataset, datasetRows), replicateSeconds: seconds(.replicates, replicates))
    }
}

extension DeviceProfile {
    fileprivate func operationsPerSecond(of step: Step, in plan: Plan) -> Double {
        func shape(_ input: Int) -> Shape { plan.values[step.inputs[input]].type.shape }
        switch step.op {
        case .linear: return products.perSecond(at: [shape(1).axes[0].count, shape(1).width])
        case .attention: return attention.perSecond(at: [shape(0).vectors, shape(1).vectors, shape(0).width])
        case .attentionPattern: return attention.perSecond(at: [shape(0).vectors, shape(1).vectors, shape(0).width])
        case .mixValues: return attention.perSecond(at: [shape(0).vectors, shape(0).width, shape(1).width])
        case .activation(let op) where op.function != .relu: return activations
        case .layerNorm: return norms
        case .binaryCrossEntropy, .crossEntropy, .expectedBinaryCrossEntropy, .expectedCrossEntropy,
            .expectedLabelScore, .labelScore:
            return losses
        case .klDivergence: return divergences
        // They are as fast as they read and write.
        default: return .infinity
        }
    }

    fileprivate func bytesPerSecond(of step: Step, in plan: Plan) -> Double {
        let written = max(4, plan.values[step.output].type.bytes)
        switch step.op {
        // A column is read an element from each row.
        case .labelLogit: return gathers.perSecond(at: [4])
        case .gather, .lookup: return gathers.perSecond(at: [written])
        case .embed: return gathers.perSecond(at: [4 * plan.values[step.output].type.shape.width])
        case .resampleGather(let op):
            let runs = op.runs(of: plan.values[step.output].type)
            let elements = runs.reduce(0) { $0 + $1.count }
            return gathers.perSecond(at: [max(4, 4 * elements / max(1, runs.count))])
        default: return elementwise
        }
    }
}
