internal import ScrubCore

/// The formats a dataset is read from, told by the ending of the file's name.
enum DatasetFormat: String, CaseIterable {
    case jsonl, csv, tsv, npz, safetensors

    static func of(_ path: String, location: SourceLocation?) throws(DatasetError) -> DatasetFormat {
        let name = path.split(separator: "/").last ?? ""
        let ending = name.contains(".") ? name.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
        guard let format = DatasetFormat(rawValue: ending) else {
            throw .unknownFormat(path: path, ending: ending, known: allCases.map(\.rawValue), location: location)
        }
        return format
    }

    /// The columns of the file at `path`, in its order.
    func columns(_ path: String) throws -> [Column] {
        switch self {
        case .jsonl: try JSONLReader.columns(path)
        case .csv: try DelimitedReader.columns(path, delimiter: UInt8(ascii: ","))
        case .tsv: try DelimitedReader.columns(path, delimiter: UInt8(ascii: "\t"))
        case .npz: try NpzReader.columns(path)
        case .safetensors: try SafetensorsReader.columns(path)
        }
    }
}
