import ScrubPages
import Testing

@Suite struct ShortNamesTests {
    @Test func whatFitsStaysAsItIs() {
        #expect(ShortNames.of(["1a.yaml", "1b.yaml"], most: 12) == ["1a.yaml", "1b.yaml"])
        #expect(ShortNames.of([], most: 12) == [])
    }

    @Test func longNamesAreCutInTheMiddle() {
        #expect(
            ShortNames.of(["attention-heads.yaml, layer 10", "attention-heads.yaml, layer 11"], most: 16)
                == ["atten…, layer 10", "atten…, layer 11"])
    }

    @Test func namesThatDifferInTheMiddleAreToldApart() {
        let names = ["a", "b"].map { String(repeating: "x", count: 60) + $0 + String(repeating: "y", count: 60) }
        #expect(ShortNames.of(names, most: 16) == ["…xxxxxxxxayyyyy…", "…xxxxxxxxbyyyyy…"])
    }

    /// Wherever they differ, and however little room there is for more than that.
    @Test(arguments: [14, 42]) func noTwoNamesBecomeOne(most: Int) {
        var names: [String] = []
        for place in stride(from: 0, to: 200, by: 7) {
            for letter in "abc" {
                names.append(
                    String(repeating: "x", count: place) + "\(letter)" + String(repeating: "x", count: 200 - place))
            }
        }
        let short = ShortNames.of(names, most: most)
        #expect(Set(short).count == names.count)
        #expect(short.allSatisfy { $0.count <= most })
    }
}
