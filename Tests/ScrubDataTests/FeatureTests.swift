import ScrubCore
import ScrubData
import Testing

/// What is equal: the semantics of features.
@Suite struct FeatureTests {
    private func dataset(_ columns: Column...) throws -> Dataset { try Dataset(file: "d", columns: columns) }

    @Test func integersTextsAndBooleansExactlyAndNullLikeNull() throws {
        let data = try dataset(
            Column("i", .integers([5, nil, 5, .min, nil])), Column("t", .texts(["a", "A", nil, "a", ""])),
            Column("b", .booleans([true, false, nil, true, nil])))
        #expect(try data.classes("i") == [[0, 2], [1, 4], [3]])
        #expect(try data.classes("t") == [[0, 3], [1], [2], [4]])
        #expect(try data.classes("b") == [[0, 3], [1], [2, 4]])
        for name in ["i", "t", "b"] {
            #expect(try data.classes("(\(name))") == (try data.classes(name)), "through SQL")
        }
    }

    @Test func textsByTheirBytes() throws {
        let data = try dataset(Column("t", .texts(["\u{e9}", "e\u{301}", "\u{e9}"])))
        #expect(try data.classes("t") == [[0, 2], [1]])
        #expect(try data.classes("t || ''") == [[0, 2], [1]])
    }

    @Test func realsExactlyWithOneZero() throws {
        let data = try dataset(Column("r", .reals([0, -0.0, 0.1, 0.1.nextUp, nil, .infinity, -.infinity, .infinity])))
        #expect(try data.classes("r") == [[0, 1], [2], [3], [4], [5, 7], [6]])
    }

    @Test func integersAndRealsOfOneValueAreEqual() throws {
        let data = try dataset(Column("i", .integers([1, 2, 9_007_199_254_740_993])), Column("r", .reals([1, 3, 1])))
        #expect(try data.classes("CASE WHEN i < 2 THEN r ELSE i / 2 END") == [[0, 1], [2]])
        // The real 2^53 is not the integer 2^53 + 1.
        #expect(try data.classes("CASE WHEN i > 2 THEN i ELSE 9007199254740992.0 END") == [[0, 1], [2]])
    }

    @Test func booleansAreOneAndZeroInSQL() throws {
        let data = try dataset(Column("i", .integers([1, 2, 0])), Column("b", .booleans([true, false, true])))
        #expect(try data.classes("b = i") == [[0], [1, 2]])
        #expect(try data.classes("CASE WHEN i = 1 THEN b ELSE i > 1 END") == [[0, 1], [2]])
        #expect(try data.classes("b IS TRUE AND i < 9") == [[0, 2], [1]])
    }

    @Test func arraysAsWholeVectors() throws {
        let data = try dataset(
            Column("p", .integerArrays(width: 2, [1, 2, 1, 3, 1, 2, 2, 1])),
            Column("q", .realArrays(width: 2, [0, 1, -0.0, 1, 0, 2, 0, 1])))
        #expect(try data.classes("p") == [[0, 2], [1], [3]])
        #expect(try data.classes("q") == [[0, 1, 3], [2]])
        #expect(try data.classes("p[0]") == [[0, 1, 2], [3]])
        #expect(try data.classes(" p[1] ") == [[0, 2], [1], [3]])
    }

    @Test func expressionsMayMentionElements() throws {
        let data = try dataset(
            Column("p", .integerArrays(width: 3, [1, 2, 3, 3, 0, 3])), Column("n", .integers([3, 3])))
        #expect(try data.classes("p[0] + P[1] = n") == [[0, 1]])
        #expect(try data.classes("\"p[0]\" = n") == [[0], [1]])
        #expect(try data.classes("`p`[1]+1") == [[0], [1]])
    }

    @Test func namesWithoutRegardToCapitalsAndInQuotes() throws {
        let data = try dataset(
            Column("Count", .integers([1, 2])), Column("a \"b\"", .integers([1, 1])), Column("end", .integers([0, 1])),
            Column("p[7]", .integers([3, 4])))
        #expect(try data.classes("count") == [[0], [1]])
        #expect(try data.classes("COUNT + \"a \"\"b\"\"\"") == [[0], [1]])
        #expect(try data.classes("[a \"b\"]") == [[0, 1]])
        #expect(try data.classes("CASE WHEN \"end\" THEN 1 ELSE 0 END") == [[0], [1]])
        #expect(try data.classes("p[7]") == [[0], [1]])
        #expect(try data.classes("p[7] * 0") == [[0, 1]])
    }

    @Test func columnsMayBearTheWordsOfSQL() throws {
        let data = try dataset(
            Column("data", .integers([1, 2])), Column("#row", .integers([3, 4])), Column("#value", .integers([5, 5])),
            Column("select", .integers([1, 1])))
        #expect(try data.classes("data + \"#row\" + \"#VALUE\"") == [[0], [1]])
        #expect(try data.classes("\"select\" + 0") == [[0, 1]])
    }

    @Test(arguments: [
        "length(t) > 1 AND t LIKE 'a%'", "CAST(i AS TEXT) || t", "t COLLATE NOCASE = 'AB'", "i IN (1, 2)",
        "i BETWEEN 1 AND 2", "i IS NOT NULL", "NOT i = 3", "i << 1 | 1", "max(i, 2)", "i % 2 == 0",
        "iif(i > 1, 'x', NULL)",
        "-i", "- -i", "t IN ('ab', 'it''s')", "i>=.5e+1", "0x10 & i", "CAST(i AS DOUBLE PRECISION) / 2", "x'00' = t",
        "i NOTNULL", "t GLOB 'a*'", "date('2020-01-01') > t", "CAST(t COLLATE BINARY AS TEXT) = t AND i",
    ])
    func expressions(sql: String) throws {
        let data = try dataset(Column("i", .integers([1, 2, 3])), Column("t", .texts(["ab", "b", nil])))
        _ = try data.classes(sql)
    }

    @Test func namedFeaturesStandForAnyKind() throws {
        let data = try dataset(Column("p", .integerArrays(width: 2, [1, 2, 1, 3])), Column("n", .integers([1, 1])))
        let named = ["whole": "p", "second": "p[1]", "even": "n % 2 = 0", "whole name": "n"]
        #expect(try data.classes("whole", named: named) == [[0], [1]])
        #expect(try data.classes("second", named: named) == [[0], [1]])
        #expect(try data.classes("even", named: named) == [[0, 1]])
        #expect(try data.classes("whole name", named: named) == [[0, 1]])
        #expect(try data.feature("even", named: named, location: nil).text == "even")
    }

    @Test func weightsComeAlong() throws {
        let folder = try Folder()
        let data = try folder.dataset("a.csv", "c,w\n1,1\n2,0\n1,3\n2,0", weight: "w")
        let classes = try data.feature("c", named: [:], location: nil).classes
        #expect(classes.cumulativeWeights == [1, 4, 0, 0])
        #expect(classes.draw(likeRow: 0, bits: .max) == 2)
        #expect(classes.draw(likeRow: 1, bits: 0) == nil)
    }
}
