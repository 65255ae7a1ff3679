/// Comma-separated values (RFC 4180), numbers as pandas and R read them.
enum CommaSeparated {
    static func line(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") + "\n" }

    /// Every digit; empty where it is undefined.
    static func number(_ value: Double?) -> String {
        guard let value, !value.isNaN else { return "" }
        return value.isFinite ? "\(value)" : value < 0 ? "-Inf" : "Inf"
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { $0 == 0x2c || $0 == 0x22 || $0 == 0x0a || $0 == 0x0d }) else { return cell }
        return "\"\(cell.replacing("\"", with: "\"\""))\""
    }
}
