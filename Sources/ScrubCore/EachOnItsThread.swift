internal import Foundation
internal import Synchronization

/// Calls `body` with each element, on a thread of its own where there are several, and waits for all.
///
/// Unlike `concurrentMap` it does not wait for a free core: it is for work that waits elsewhere, such as for devices.
///
/// - Parameters:
///   - elements: one a thread.
///   - body: what is done; all are begun, even where one throws.
/// - Throws: of several that throw, what was thrown for the first element.
package func eachOnItsThread<Element: Sendable>(
    _ elements: some RandomAccessCollection<Element>, _ body: @Sendable (Element) throws -> Void
) throws {
    guard elements.count > 1 else { return try elements.forEach(body) }
    let thrown = Mutex<[Int: any Error]>([:])
    let group = DispatchGroup()
    try withoutActuallyEscaping(body) { body in
        for (place, element) in elements.enumerated() {
            group.enter()
            let thread = Thread {
                do { try body(element) } catch { thrown.withLock { $0[place] = error } }
                group.leave()
            }
            // As much as the first thread of a process has.
            thread.stackSize = 8 << 20
            thread.start()
        }
        group.wait()
        if let first = thrown.withLock({ thrown in thrown.min { $0.key < $1.key }?.value }) { throw first }
    }
}
