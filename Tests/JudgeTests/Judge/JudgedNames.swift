/// A node, or some elements of its value, as the judge reads its name.
struct JudgedPlace: Hashable, Sendable {
    var site: Int
    /// Numbers of elements: of a pattern `query × positions + source`, of any other node positions.
    var elements: Set<Int>
    /// The slice as paths write it: nothing, `[0,2:4]`, `[previous]`, `[source 1]`.
    var slice: String
}

/// What the name of a claim's node says before it is known which `[*]` it stands for.
struct JudgedReading {
    /// Sites with the places on each: one, or one for each position.
    var places: [[JudgedPlace]]
    /// Whether there is one claim for each head, and not for each position.
    var isEachHead = false
    /// Whether there is one claim for each position.
    var isEachPosition = false
}

/// Reads the names of nodes and slices, by docs/hypothesis-format.md and nothing else.
struct JudgedNames {
    let transformer: JudgeTransformer
    let positions: Int

    /// Every element of a node's value.
    func whole(_ site: Int) -> Set<Int> {
        if case .pattern = transformer.sites[site].rule { return Set(0..<positions * positions) }
        return Set(0..<positions)
    }

    /// What `text` means below a claim on `parent`.
    func read(_ text: String, below parent: Int) throws(JudgeError) -> JudgedReading {
        let pieces = text.split(separator: "[", omittingEmptySubsequences: false).map(String.init)
        var brackets = pieces.dropFirst().map { $0.hasSuffix("]") ? String($0.dropLast()) : "?" }
        var sites: [Int] = []
        var isEachHead = false
        if let site = transformer.resolve(pieces[0], below: parent) {
            sites = [site]
        } else {
            sites = heads(of: pieces[0])
            if sites.isEmpty { throw JudgeError(.name, "no node \(text)") }
            if let chosen = brackets.first {
                brackets.removeFirst()
                if chosen == "*" {
                    isEachHead = true
                } else if let numbers = numbers(chosen, count: sites.count) {
                    sites = numbers.map { sites[$0] }
                } else {
                    throw JudgeError(.name, "no heads \(chosen)")
                }
            }
        }
        if brackets.count > 1 { throw JudgeError(.name, "\(text) has two slices") }
        guard let slice = brackets.first else {
            let places = sites.map { [JudgedPlace(site: $0, elements: whole($0), slice: "")] }
            return JudgedReading(places: places, isEachHead: isEachHead)
        }
        if slice == "*" {
            if isEachHead { throw JudgeError(.name, "\(text) has two [*]") }
            let places = sites.map { site in (0..<positions).map { self.rows([$0], of: site) } }
            return JudgedReading(places: places, isEachPosition: true)
        }
        var places: [[JudgedPlace]] = []
        for site in sites { places.append([try place(slice, of: site)]) }
        return JudgedReading(places: places, isEachHead: isEachHead)
    }

    /// The heads of the layer `a1` or `a1.h`.
    private func heads(of layer: String) -> [Int] {
        let name = layer.hasSuffix(".h") ? String(layer.dropLast(2)) : layer
        guard name.first == "a", !name.contains(".") else { return [] }
        return (0..<10).compactMap { transformer.number(of: "\(name).h\($0)") }
    }

    private func place(_ slice: String, of site: Int) throws(JudgeError) -> JudgedPlace {
        let text = slice.filter { $0 != " " }
        guard case .pattern = transformer.sites[site].rule, let first = text.first, "pcs".contains(first) else {
            guard let rows = numbers(text, count: positions) else { throw JudgeError(.name, "no positions \(slice)") }
            return self.rows(rows, of: site)
        }
        let pairs = whole(site)
        if text.hasPrefix("source") {
            guard let keys = numbers(String(text.dropFirst(6)), count: positions) else {
                throw JudgeError(.name, "no sources \(slice)")
            }
            if keys.count == positions { return JudgedPlace(site: site, elements: pairs, slice: "") }
            let elements = pairs.filter { keys.contains($0 % positions) }
            return JudgedPlace(site: site, elements: elements, slice: "[source \(Self.text(keys))]")
        }
        var offsets: Set<Int> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let number = word.hasPrefix("previous") ? word.dropFirst(8) : "?"
            if word == "current" {
                offsets.insert(0)
            } else if number.isEmpty {
                offsets.insert(1)
            } else if let offset = Int(number), offset > 0 {
                offsets.insert(offset)
            } else {
                throw JudgeError(.name, "no sources \(slice)")
            }
        }
        if offsets.contains(where: { $0 >= positions }) { throw JudgeError(.name, "no sources \(slice)") }
        let names = offsets.sorted().map { $0 == 0 ? "current" : $0 == 1 ? "previous" : "previous \($0)" }
        return JudgedPlace(
            site: site, elements: pairs.filter { offsets.contains($0 / positions - $0 % positions) },
            slice: "[\(names.joined(separator: ","))]")
    }

    private func rows(_ rows: [Int], of site: Int) -> JudgedPlace {
        if rows.count == positions { return JudgedPlace(site: site, elements: whole(site), slice: "") }
        let slice = "[\(Self.text(rows))]"
        guard case .pattern = transformer.sites[site].rule else {
            return JudgedPlace(site: site, elements: Set(rows), slice: slice)
        }
        return JudgedPlace(
            site: site, elements: whole(site).filter { rows.contains($0 / positions) }, slice: slice)
    }

    /// Numbers as Python writes indexes and ranges, distinct and ascending; nil where one lies outside.
    private func numbers(_ text: String, count: Int) -> [Int]? {
        var found: Set<Int> = []
        for item in text.filter({ $0 != " " }).split(separator: ",", omittingEmptySubsequences: false) {
            let ends = item.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            func end(_ text: String, _ missing: Int) -> Int? {
                if text.isEmpty { return missing }
                guard let number = Int(text) else { return nil }
                return number < 0 ? number + count : number
            }
            guard (1...2).contains(ends.count), let low = end(ends[0], ends.count == 1 ? -1 : 0),
                let high = ends.count == 1 ? low + 1 : end(ends[1], count), low >= 0, low < high, high <= count
            else { return nil }
            found.formUnion(low..<high)
        }
        return found.isEmpty ? nil : found.sorted()
    }

    /// Ascending numbers as paths write them, neighbours as ranges: `0,2:5`.
    static func text(_ numbers: [Int]) -> String {
        var items: [String] = []
        var start = 0
        for (place, number) in numbers.enumerated() {
            if place + 1 < numbers.count, numbers[place + 1] == number + 1 { continue }
            items.append(start == place ? "\(number)" : "\(numbers[start]):\(number + 1)")
            start = place + 1
        }
        return items.joined(separator: ",")
    }
}
