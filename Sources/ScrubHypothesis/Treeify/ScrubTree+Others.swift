extension ScrubTree.Others {
    /// Every table that it names, ascending.
    public var tables: [Int] {
        switch self {
        case .none: []
        case .shared(let table): [table]
        case .each(let tables): tables.values.sorted()
        }
    }

    /// The same inputs on other tables.
    ///
    /// - Parameter number: of the table that takes a table's place.
    func renumbered(_ number: (Int) -> Int) -> ScrubTree.Others {
        switch self {
        case .none: .none
        case .shared(let table): .shared(number(table))
        case .each(let tables): .each(tables.mapValues(number))
        }
    }
}
