extension Grouping {
    /// Of texts, equal where their bytes are; those that are missing are a class.
    ///
    /// - Complexity: O(length of all texts), expected; the bytes of each distinct text once.
    init(texts: [String?]) {
        var (table, firstRows) = (TextTable(), [Int32]())
        // By number of a text, its class: that of the missing comes between.
        var classes: [Int32] = []
        var missing: Int32?
        let classOf = [Int32](unsafeUninitializedCapacity: texts.count) { classOf, initialised in
            for row in texts.indices {
                let next = Int32(truncatingIfNeeded: firstRows.count)
                let c: Int32
                if let text = texts[row] {
                    let number = table.find(text)
                    if number == classes.count { classes.append(next) }
                    c = classes[number]
                } else {
                    c = missing ?? next
                    missing = c
                }
                if c == next { firstRows.append(Int32(truncatingIfNeeded: row)) }
                classOf[row] = c
            }
            initialised = texts.count
        }
        self.init(classOf: classOf, firstRows: firstRows)
    }
}
