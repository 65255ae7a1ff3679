internal import Dispatch
internal import Synchronization

extension RandomAccessCollection where Index == Int, Self: Sendable {
    /// What `transform` makes of each element, on all cores, in order.
    ///
    /// - Throws: of several elements at which it throws, what it threw at the first.
    package func concurrentMap<Value: Sendable>(
        _ transform: @Sendable (Element) throws -> Value
    ) throws -> [Value] {
        let made = Mutex<[Result<Value, any Error>?]>(Array(repeating: nil, count: count))
        let start = startIndex
        DispatchQueue.concurrentPerform(iterations: count) { place in
            let value = Result { try transform(self[start + place]) }
            made.withLock { $0[place] = value }
        }
        return try made.withLock { $0 }.compactMap { try $0?.get() }
    }
}
