import Scrubjay

/// How long a launch takes of many that follow each other, by what a plan of many steps takes more than one of few.
struct KernelTimer {
    let backend: OpenCLBackend
    let sizes: KernelSizes
    let repeats: RepeatOptions

    /// The median seconds of a step.
    ///
    /// - Throws: `UnsteadyDevice`; what the device refuses.
    func seconds(_ measured: KernelCase) throws -> Double {
        let about = try difference(measured, steps: 4, times: 1)
        let steps = max(4, min(64, Int(sizes.seconds / max(about, 1e-6))))
        let seconds = try difference(measured, steps: steps, times: repeats.times)
        guard seconds > 0 else { throw UnsteadyDevice(steps: steps) }
        return seconds
    }

    /// Both plans take turns, so that a device that slows down slows both.
    private func difference(_ measured: KernelCase, steps: Int, times: Int) throws -> Double {
        let few = try KernelPlan(measured, further: 0, coldBytes: sizes.coldBytes)
        let many = try KernelPlan(measured, further: steps, coldBytes: sizes.coldBytes)
        let (tables, data) = (few.tables, few.data)
        var (short, long): ([Double], [Double]) = ([], [])
        _ = try backend.prepare(few.plan).run(data, progress: KernelPlan.unobserved) { fewer, _ in
            _ = try backend.prepare(many.plan).run(data, progress: KernelPlan.unobserved) { more, _ in
                _ = (try fewer.run(tables), try more.run(tables))
                for _ in 0..<times {
                    short.append(try elapsed { _ = try fewer.run(tables) })
                    long.append(try elapsed { _ = try more.run(tables) })
                }
            }
        }
        return (long.median - short.median) / Double(steps)
    }
}

/// A device on which more steps took no longer than fewer.
struct UnsteadyDevice: Error, CustomStringConvertible {
    let steps: Int

    var description: String { "\(steps) steps more took no longer: something else uses the device" }
}
