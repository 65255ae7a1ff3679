internal import Foundation
internal import GRDB

/// The values of a row, taken in their order. A value of another type than is asked for, which only a damaged page has, is an
/// error, where GRDB's own subscripts would end the process.
struct Cells {
    struct Unreadable: Error {
        let place: Int
    }

    private let values: [DatabaseValue]
    private var place = 0

    init(_ row: Row) { values = Array(row.databaseValues) }

    mutating func next<Value: DatabaseValueConvertible>(_ type: Value.Type = Value.self) throws -> Value {
        guard values.indices.contains(place), let value = Value.fromDatabaseValue(values[place]) else {
            throw Unreadable(place: place)
        }
        place += 1
        return value
    }

    /// The first values as text that tells any two apart, for a checksum.
    func text(_ count: Int) -> [String] {
        values.prefix(count).map { value in
            switch value.storage {
            case .null: ""
            case .int64(let number): "i\(number)"
            case .double(let number): "r\(number.bitPattern)"
            case .string(let text): "t\(text)"
            case .blob(let data): "b\(data.base64EncodedString())"
            }
        }
    }
}
