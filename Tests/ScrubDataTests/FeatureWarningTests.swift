import ScrubCore
import ScrubData
import Testing

@Suite struct FeatureWarningTests {
    private func warnings(_ text: String, _ columns: Column...) throws -> [String] {
        try Dataset(file: "d", columns: columns).feature(text, named: [:], location: nil).warnings.map(\.description)
    }

    @Test func constant() throws {
        #expect(
            try warnings("x", Column("x", .integers([3, 3, 3]))) == [
                "feature 'x' has one value on all 3 rows: a claim by it permits every swap and tests nothing"
            ])
        #expect(try warnings("1", Column("x", .integers([3, 4]))).count == 1)
    }

    @Test func mostlySingletons() throws {
        #expect(
            try warnings("x", Column("x", .texts(["a", "b", "c", "d", "d"]))) == [
                "feature 'x' has a value of its own on 3 of 5 rows: a claim by it leaves those as they are"
            ])
        #expect(try warnings("x", Column("x", .integers([1, 2, 3, 3]))).isEmpty)
    }

    @Test func valuesThatRoundingMayHaveParted() throws {
        let tie = [
            "feature 'x' has values within 1e-6 relative of each other, as 0.3 and 0.30000000000000004, "
                + "in different classes (4 rows are in such classes): if that is rounding, round the feature"
        ]
        #expect(try warnings("x", Column("x", .reals([0.3, 0.1 + 0.2, 0.3, 0.3, 5, 5, 5, nil, nil]))) == tie)
        let sum = try warnings(
            "a + b", Column("a", .reals([0.1, 0.3, 0.1, 0.3, 1])), Column("b", .reals([0.2, 0, 0.2, 0, 0])))
        #expect(sum.count == 1 && sum[0].contains("(4 rows"))
    }

    @Test func valuesApartAreNoTie() throws {
        #expect(try warnings("x", Column("x", .reals([1, 1.00001, 1, 1.00001]))).isEmpty)
        #expect(try warnings("x", Column("x", .reals([0, 1e-300, 0, 1e-300]))).isEmpty)
        #expect(
            try warnings("x", Column("x", .integers([1_000_000_000, 1_000_000_001, 1_000_000_000, 1_000_000_001])))
                .isEmpty)
        #expect(try warnings("x", Column("x", .reals([.infinity, 1, .infinity, 1, -.infinity, -.infinity]))).isEmpty)
    }

    @Test func vectorsTieWhenEveryElementDoes() throws {
        let near = Column("p", .realArrays(width: 2, [1, 0.3, 1, 0.1 + 0.2, 1, 0.3, 1, 0.1 + 0.2]))
        let found = try warnings("p", near)
        #expect(found.count == 1 && found[0].contains("as 0.3 and 0.30000000000000004") && found[0].contains("(4 rows"))
        let apart = Column("p", .realArrays(width: 2, [1, 0.3, 2, 0.1 + 0.2, 1, 0.3, 2, 0.1 + 0.2]))
        #expect(try warnings("p", apart).isEmpty)
    }
}
