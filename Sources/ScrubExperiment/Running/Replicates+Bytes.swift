internal import Foundation
internal import ScrubCore

/// Replicates as bytes: lengths and arrays one after another, in this machine's order of bytes.
extension Replicates {
    /// Appends the values of these replicates; all of them must be kept value by value.
    func write(to bytes: inout [UInt8]) {
        bytes.append(array: reference)
        bytes.append(array: squaredDistance)
        bytes.append(array: divergence)
        for measured in measured {
            for values in [measured.model, measured.scrubbed, measured.baseline, measured.modelOutputs] {
                bytes.append(array: values)
            }
            bytes.append(measured.column == nil ? 0 : 1)
            if let column = measured.column { bytes.append(array: column) }
        }
    }

    /// Reads what `write` wrote.
    ///
    /// - Parameters:
    ///   - bytes: are taken from its front.
    ///   - behaviours: how many there are.
    /// - Returns: nil where they are no such replicates.
    init?(reading bytes: inout ArraySlice<UInt8>, behaviours: Int) {
        guard let reference: [Int32] = bytes.takeArray(), let squaredDistance: [Float] = bytes.takeArray(),
            let divergence: [Float] = bytes.takeArray()
        else { return nil }
        var measured: [Measured] = []
        for _ in 0..<behaviours {
            guard let model: [Float] = bytes.takeArray(), let scrubbed: [Float] = bytes.takeArray(),
                let baseline: [Float] = bytes.takeArray(), let outputs: [Float] = bytes.takeArray(),
                let hasColumn = bytes.popFirst()
            else { return nil }
            var column: [Float]?
            if hasColumn == 1 {
                guard let values: [Float] = bytes.takeArray() else { return nil }
                column = values
            }
            let count = reference.count
            guard model.count == count, scrubbed.count == count, column.map({ $0.count == count }) ?? true,
                baseline.isEmpty || baseline.count == count
            else { return nil }
            measured.append(
                Measured(model: model, scrubbed: scrubbed, baseline: baseline, column: column, modelOutputs: outputs))
        }
        guard [squaredDistance, divergence].allSatisfy({ $0.isEmpty || $0.count == reference.count }) else {
            return nil
        }
        self.init(reference: reference, measured: measured, squaredDistance: squaredDistance, divergence: divergence)
    }
}

extension [UInt8] {
    fileprivate mutating func append<Number: BitwiseCopyable>(array values: [Number]) {
        Swift.withUnsafeBytes(of: UInt64(values.count).littleEndian) { append(contentsOf: $0) }
        values.withUnsafeBytes { append(contentsOf: $0) }
    }
}

extension ArraySlice<UInt8> {
    /// Takes an array of numbers of four bytes each from the front.
    fileprivate mutating func takeArray<Number: BitwiseCopyable>() -> [Number]? {
        let (head, size) = (8, MemoryLayout<Number>.size)
        guard count >= head else { return nil }
        let length = withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        guard length <= UInt64((count - head) / size) else { return nil }
        let taken = Int(length)
        let values = withUnsafeBytes { bytes in
            (0..<taken).map { bytes.loadUnaligned(fromByteOffset: head + $0 * size, as: Number.self) }
        }
        removeFirst(head + taken * size)
        return values
    }
}
