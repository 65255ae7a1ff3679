internal import ScrubCore

/// Safetensors files: each tensor a column, its first axis the row; columns in the order of their names.
enum SafetensorsReader {
    static func columns(_ path: String) throws -> [Column] {
        let file = try Safetensors(path)
        return try file.names.compactMap { try file[$0].map(Column.init(array:)) }
    }
}

extension Column {
    /// The column of an array: one axis gives scalars, more give arrays (flattened, their sizes kept). Integers stay
    /// exact, booleans are booleans where scalar and 0 or 1 in arrays, reals become float64.
    init(array: FileArray) throws {
        guard let rows = array.sizes.first else { throw DatasetError.noRowAxis(path: array.path, name: array.name) }
        let sizes = Array(array.sizes.dropFirst())
        // The product fits: for no rows it might not, but then there is nothing to hold.
        let width = rows == 0 ? 0 : array.count / rows
        let values: Values
        switch (array.element, sizes.isEmpty) {
        case (.bool, true): values = .booleans(try array.integers().map { $0 == 1 })
        case (_, true) where array.element.isReal: values = .reals(try array.doubles())
        case (_, true): values = .integers(try array.integers())
        case (_, false) where array.element.isReal: values = .realArrays(width: width, try array.doubles())
        case (_, false): values = .integerArrays(width: width, try NarrowIntegers(array))
        }
        self.init(array.name, values, count: rows, sizes: sizes)
    }
}
