internal import ScrubCore

extension NamedTensor {
    /// An orthonormal basis of what the rows span, `[row, width]`: modified Gram-Schmidt, twice, in float64. One vector
    /// is one row.
    ///
    /// G. H. Golub, C. F. Van Loan, "Matrix Computations", 4th edition, section 5.2.8; twice is enough: L. Giraud et
    /// al., "The loss of orthogonality in the Gram-Schmidt orthogonalization process",
    /// <https://doi.org/10.1016/j.camwa.2005.08.009>.
    func orthonormalRows() throws(RewriteError) -> [[Double]] {
        let width = value.sizes.last ?? 1
        var basis: [[Double]] = []
        for start in stride(from: 0, to: value.count, by: max(1, width)) {
            var row = (value.floats ?? [])[start..<start + width].map { Double($0) }
            let length = dot(row, row).squareRoot()
            if length == 0 { throw .zeroRow(of: name, row: basis.count) }
            for _ in 0..<2 {
                for other in basis {
                    let part = dot(row, other)
                    for i in row.indices { row[i] -= part * other[i] }
                }
            }
            let left = dot(row, row).squareRoot()
            // Rows that were dependent before they were rounded to float32 leave about 1e-7.
            if left <= 1e-6 * length { throw .dependentRow(of: name, row: basis.count) }
            basis.append(row.map { $0 / left })
        }
        return basis
    }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
