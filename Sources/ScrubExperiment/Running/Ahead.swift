internal import Dispatch
internal import Synchronization

/// Makes a value of each of `items`, one ahead of its use and on another thread, and uses them in order: what is drawn
/// while a device computes costs no time.
///
/// - Throws: what `make` or `use` throws first; nothing is made or used after it.
func ahead<Item: Sendable, Value: Sendable>(
    _ items: [Item], make: (Item) throws -> Value, use: (Value) throws -> Void
) throws {
    // The closure lives no longer than this call, which waits for the thread that runs it.
    try withoutActuallyEscaping(make) { make in
        let make = Unchecked(make)
        let made = Mutex<Result<Value, any Error>?>(nil)
        let isMade = DispatchSemaphore(value: 0)
        func begin(_ item: Item) {
            DispatchQueue.global().async {
                let result = Result { try make.value(item) }
                made.withLock { $0 = result }
                isMade.signal()
            }
        }
        for (number, item) in items.enumerated() {
            if number == 0 { begin(item) }
            isMade.wait()
            let value = made.withLock { $0.take() }
            guard let value = try value?.get() else { return }
            if number + 1 < items.count { begin(items[number + 1]) }
            do { try use(value) } catch {
                if number + 1 < items.count { isMade.wait() }
                throw error
            }
        }
    }
}

/// A value that one thread at a time uses.
private struct Unchecked<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
