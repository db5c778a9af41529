import CalendarCore
import Foundation
import Testing

@Suite("JSON: agreement with Foundation")
struct JSONFoundationTests {
    @Test("a random well-formed document has Foundation's values", arguments: UInt64(0)..<16)
    func wellFormed(_ seed: UInt64) throws {
        var generator = JSONTestGenerator(seed: seed)
        for _ in 0..<250 {
            let bytes = Array(generator.document().utf8)
            let document = try JSONDocument(bytes)

            #expect(JSONFoundationOracle.agrees(document.root, try JSONFoundationOracle.value(bytes)))
        }
    }

    @Test("a document survives reader, tree and writer", arguments: UInt64(100)..<108)
    func identity(_ seed: UInt64) throws {
        var generator = JSONTestGenerator(seed: seed)
        for _ in 0..<250 {
            let bytes = Array(generator.document().utf8)
            let node = try JSONNode(bytes)
            let written = node.bytes

            #expect(try JSONNode(written) == node)
            #expect(try JSONNode(written).bytes == written)
            #expect(
                JSONFoundationOracle.agrees(
                    try JSONDocument(written).root,
                    try JSONFoundationOracle.value(bytes)
                )
            )
        }
    }

    @Test("a damaged document is accepted or refused as by Foundation, with equal values", arguments: UInt64(0)..<24)
    func damaged(_ seed: UInt64) throws {
        var generator = JSONTestGenerator(seed: seed &+ 1_000)
        var accepted = 0
        var refused = 0
        for _ in 0..<600 {
            let bytes = generator.mutated(Array(generator.document(depth: 3).utf8))
            let ours = Result { () throws(JSONError) in try JSONDocument(bytes) }
            let theirs = Result { try JSONFoundationOracle.value(bytes) }
            switch (ours, theirs) {
            case (.success(let document), .success(let value)):
                accepted += 1
                #expect(JSONFoundationOracle.agrees(document.root, value), "\(bytes)")
            case (.failure, .failure):
                refused += 1
            case (.success(let document), .failure):
                #expect(JSONFoundationOracle.holdsExtremeNumber(document.root), "\(bytes)")
            case (.failure(let error), .success):
                let isLenient =
                    JSONFoundationOracle.suspectsOtherEncoding(bytes)
                    || JSONFoundationOracle.isTrailingComma(error, in: bytes)
                #expect(isLenient, "\(bytes)")
            }
        }
        #expect(accepted > 60 && refused > 60, "\(accepted) accepted, \(refused) refused by both")
    }

    @Test(
        "a document in UTF-16 or UTF-32, which Foundation reads, is refused",
        arguments: JSONFoundationTests.otherEncodings
    )
    func otherEncoding(_ encoding: String.Encoding) throws {
        let bytes = try #require("[1]".data(using: encoding)).map { $0 }

        #expect(JSONFoundationOracle.suspectsOtherEncoding(bytes))
        #expect(throws: JSONError.self) { try JSONDocument(bytes) }
    }

    static let otherEncodings: [String.Encoding] = [
        .utf16, .utf16BigEndian, .utf16LittleEndian, .utf32, .utf32BigEndian, .utf32LittleEndian,
    ]

    @Test("noise is refused or read, and never more", arguments: UInt64(0)..<8)
    func noise(_ seed: UInt64) {
        var generator = JSONTestGenerator(seed: seed &+ 2_000)
        let alphabet = Array("{}[]:,\"\\u0d8 tn".utf8) + [0xC3, 0xA9]
        var accepted = 0
        for _ in 0..<4_000 {
            let bytes = (0..<generator.int(0..<12)).map { _ in alphabet[generator.int(0..<alphabet.count)] }
            if let document = try? JSONDocument(bytes) {
                accepted += 1
                #expect(document.root.bytes.count <= bytes.count)
            }
        }
        #expect(accepted > 0)
    }
}
