import ScrubCore
import Testing

/// The examples of FIPS 180-4.
@Suite struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func knownAnswers(text: String, digest: String) {
        #expect(Digest(text).description == digest)
    }

    @Test func millionLetters() {
        let digest = Digest([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        #expect(digest.description == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func prefixIsBigEndian() {
        #expect(Digest("abc").prefix64 == 0xba78_16bf_8f01_cfea)
    }

    @Test func everyLengthAroundABlockIsPadded() {
        let lengths = 50...130
        let digests = Set(lengths.map { Digest([UInt8](repeating: 1, count: $0)) })
        #expect(digests.count == lengths.count)
    }

    /// The CPU's instructions and plain arithmetic are one function, at every length around a block's.
    @Test func withAndWithoutInstructions() {
        for length in 0...200 {
            let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + length) }
            #expect(message.withUnsafeBytes { Digest(plainly: $0) } == Digest(message))
        }
    }
}
