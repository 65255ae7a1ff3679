internal import ScrubCore
internal import ScrubData
internal import ScrubHypothesis

/// Reads positions, labels and masks from the columns that a behaviour names, each checked against the model.
struct LabelReader {
    let statement: BehaviourStatement
    let dataset: Dataset
    let sequence: Int
    let logits: Int

    /// The positions read: as stated, or all of those that have a label.
    func positions() throws(ExperimentError) -> [Int] {
        let place = statement.positions.location
        switch statement.positions.value {
        case .last: return [sequence - 1]
        case .all:
            guard statement.shift < sequence else {
                throw .behaviour(place, "a shift of \(statement.shift) leaves none of \(sequence) positions")
            }
            return Array(0..<sequence - statement.shift)
        case .list(let list):
            for (number, position) in list.enumerated() {
                guard (0..<sequence).contains(position) else {
                    throw .position(place, found: position, positions: sequence)
                }
                if list[..<number].contains(position) { throw .positionTwice(place, position) }
            }
            return list.sorted()
        }
    }

    /// As people count rows of the file: from 1, those that `where` leaves out included.
    private func fileRow(_ row: Int) -> Int { dataset.fileRow(row) + 1 }

    private func column(_ name: Located<String>, _ role: String) throws(ExperimentError) -> Column {
        guard let column = dataset[column: name.value] else {
            throw .unknownColumn(name.location, name: name.value, known: dataset.columns.map(\.name), role: role)
        }
        return column
    }

    /// The integer at each of `offsets` of a row, `[row, offset]`. A scalar column has one value, for one position.
    private func integers(
        _ name: Located<String>, _ role: String, at offsets: [Int]
    ) throws(ExperimentError) -> [Int] {
        let column = try column(name, role)
        func checked(_ count: Int, _ value: (Int) -> Int?) throws(ExperimentError) -> [Int] {
            guard offsets.count == 1 else {
                throw .behaviour(
                    name.location, "\"\(name.value)\" has one value for each row; \(offsets.count) positions are read")
            }
            if statement.shift > 0 {
                throw .behaviour(
                    name.location, "\"\(name.value)\" has one value for each row, which a shift cannot move")
            }
            var integers: [Int] = []
            integers.reserveCapacity(count)
            for row in 0..<count {
                guard let value = value(row) else {
                    throw .label(
                        name.location, column: name.value, row: fileRow(row), value: column.text(row: row),
                        expected: "integers")
                }
                integers.append(value)
            }
            return integers
        }
        switch column.values {
        case .integerArrays(let width, let values):
            for offset in offsets where !(0..<width).contains(offset) {
                throw .position(name.location, found: offset, positions: width)
            }
            var integers: [Int] = []
            integers.reserveCapacity(dataset.count * offsets.count)
            for row in 0..<dataset.count {
                for offset in offsets { integers.append(Int(clamping: values[row * width + offset])) }
            }
            return integers
        case .integers(let values): return try checked(values.count) { values[$0].map { Int(clamping: $0) } }
        case .booleans(let values): return try checked(values.count) { values[$0].map { $0 ? 1 : 0 } }
        case .reals(let values): return try checked(values.count) { values[$0].flatMap { Int(exactly: $0) } }
        case .texts, .realArrays:
            throw .columnKind(name.location, column: name.value, found: column.kind, expected: "integers")
        }
    }

    /// Labels in `0..<bound`, `[row, position]`. Where a mask leaves a position out, its label does not matter and
    /// reads 0.
    ///
    /// - Parameters:
    ///   - name: the column.
    ///   - role: what it is for, as errors say it.
    ///   - positions: those read.
    ///   - bound: how many classes there are.
    func classLabels(
        _ name: Located<String>, _ role: String = "the label", at positions: [Int], below bound: Int
    ) throws(ExperimentError) -> HostTensor {
        let values = try integers(name, role, at: positions.map { $0 + statement.shift })
        let masks = try statement.mask.map { (mask) throws(ExperimentError) in try self.mask(mask, at: positions) }
        var labels: [Int32] = []
        labels.reserveCapacity(values.count)
        for (place, value) in values.enumerated() {
            if let masks, masks[place] == 0 {
                labels.append(0)
            } else if (0..<bound).contains(value) {
                labels.append(Int32(value))
            } else {
                throw .label(
                    name.location, column: name.value, row: fileRow(place / positions.count), value: "\(value)",
                    expected: "0 to \(bound - 1)")
            }
        }
        return HostTensor([dataset.count, positions.count], labels)
    }

    /// The mask at the labels' positions, `[row, position]`: not below 0.
    private func mask(_ mask: Located<String>, at positions: [Int]) throws(ExperimentError) -> [Int] {
        let values = try integers(mask, "the mask", at: positions.map { $0 + statement.shift })
        if let bad = values.firstIndex(where: { $0 < 0 }) {
            throw .label(
                mask.location, column: mask.value, row: fileRow(bad / positions.count), value: "\(values[bad])",
                expected: "0 or more")
        }
        return values
    }

    /// The mask divided by its sum over the positions, `[row, position]`.
    func weights(_ mask: Located<String>, at positions: [Int]) throws(ExperimentError) -> HostTensor {
        let masks = try self.mask(mask, at: positions)
        var weights: [Float] = []
        weights.reserveCapacity(masks.count)
        for row in 0..<dataset.count {
            let values = masks[row * positions.count..<(row + 1) * positions.count]
            let total = values.reduce(0.0) { $0 + Double($1) }
            guard total > 0 else { throw .noMask(mask.location, column: mask.value, row: fileRow(row)) }
            weights += values.map { Float(Double($0) / total) }
        }
        return HostTensor([dataset.count, positions.count], weights)
    }

    /// Targets of a squared error, `[row, position, logit]`: an array column with as many values a row as are read, or
    /// as the model gives over all positions; or a scalar column where one value is read.
    func targets(at positions: [Int]) throws(ExperimentError) -> HostTensor {
        let name = statement.label
        let column = try column(name, "the label")
        let read = positions.count * logits
        let width: Int
        let values: [Double?]
        switch column.values {
        case .realArrays(let w, let all): (width, values) = (w, all)
        case .integerArrays(let w, let all): (width, values) = (w, all.map { Double($0) })
        case .reals(let all): (width, values) = (1, all)
        case .integers(let all): (width, values) = (1, all.map { $0.map { Double($0) } })
        case .texts, .booleans:
            throw .columnKind(name.location, column: name.value, found: column.kind, expected: "numbers")
        }
        guard width == read || width == sequence * logits else {
            throw .behaviour(
                name.location,
                "\"\(name.value)\" has \(width) values for each row, expected \(read) "
                    + "(positions × outputs) or \(sequence * logits) (all positions)")
        }
        let offsets = width == read ? Array(0..<read) : positions.flatMap { p in (0..<logits).map { p * logits + $0 } }
        var targets: [Float] = []
        targets.reserveCapacity(dataset.count * read)
        for row in 0..<dataset.count {
            for offset in offsets {
                guard let value = values[row * width + offset], Float(value).isFinite else {
                    throw .label(
                        name.location, column: name.value, row: fileRow(row), value: column.text(row: row),
                        expected: "finite numbers")
                }
                targets.append(Float(value))
            }
        }
        return HostTensor([dataset.count, positions.count, logits], targets)
    }
    /// What a correlation is with, `[row]`: a column of one finite number a row, two or more of them different.
    func numbers() throws(ExperimentError) -> HostTensor {
        let name = statement.label
        let column = try column(name, "the label")
        let values: [Double?]
        switch column.values {
        case .reals(let all): values = all
        case .integers(let all): values = all.map { $0.map { Double($0) } }
        case .booleans(let all): values = all.map { $0.map { $0 ? 1 : 0 } }
        case .texts, .integerArrays, .realArrays:
            throw .columnKind(
                name.location, column: name.value, found: column.kind, expected: "one number for each row")
        }
        var numbers: [Float] = []
        numbers.reserveCapacity(dataset.count)
        for row in 0..<dataset.count {
            guard let value = values[row], Float(value).isFinite else {
                throw .label(
                    name.location, column: name.value, row: fileRow(row), value: column.text(row: row),
                    expected: "finite numbers")
            }
            numbers.append(Float(value))
        }
        // A row of weight 0 is never drawn.
        let drawn = numbers.indices.filter { dataset.weights?[$0] != 0 }
        guard drawn.contains(where: { numbers[$0] != numbers[drawn[0]] }) else {
            throw .behaviour(
                name.location,
                "\"\(name.value)\" is \(column.text(row: drawn.first ?? 0)) in every row, and nothing "
                    + "correlates with a constant")
        }
        return HostTensor([dataset.count], numbers)
    }
}
