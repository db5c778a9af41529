import CalendarCore
import Testing

@Suite("JSON: strings")
struct JSONStringTests {
    @Test(
        "escapes are read",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC\u0000""#, "A\u{E9}\u{20AC}\u{0}"),
            (#""\uD83D\uDE00 \ud800\udc00 \uDBFF\uDFFF""#, "\u{1F600} \u{10000} \u{10FFFF}"),
            (#""\uFFFE\uffff\uD7FF\uE000""#, "\u{FFFE}\u{FFFF}\u{D7FF}\u{E000}"), (#""\\u0041""#, #"\u0041"#),
            (#""日本\n語""#, "日本\n語"),
        ]
    )
    func escapes(_ text: String, _ expected: String) throws {
        let value = try JSONDocument(Array(text.utf8)).root

        #expect(value.string.map { Array($0.utf8) } == Array(expected.utf8))
        #expect(value.stringBytes.map { Array($0) } == Array(expected.utf8))
        #expect(value.withUTF8Contents { Array($0) } == Array(expected.utf8))
    }

    @Test("a string of any length around the width of the fast path is read whole", arguments: 0...40)
    func lengths(_ length: Int) throws {
        let contents = String(repeating: "x", count: length)
        let plain = try JSONDocument(Array("\"\(contents)\"".utf8)).root
        let accented = try JSONDocument(Array("[\"\(contents)é\(contents)\",7]".utf8)).root
        let escaped = try JSONDocument(Array("[\"\(contents)\\n\(contents)\",7]".utf8)).root

        #expect(plain.string == contents)
        #expect(accented.elements.map { $0.string ?? "-" } == [contents + "é" + contents, "-"])
        #expect(escaped.elements.map { $0.string ?? "-" } == [contents + "\n" + contents, "-"])
    }

    @Test("every byte below U+0020 is refused wherever it stands", arguments: UInt8(0)..<0x20)
    func control(_ byte: UInt8) {
        for position in 0..<20 {
            let prefix = [UInt8](repeating: 0x7E, count: position)
            let bytes = [0x22] + prefix + [byte] + [UInt8](repeating: 0x20, count: 20) + [0x22]

            #expect(throws: JSONError.controlCharacter(offset: position + 1)) { try JSONDocument(bytes) }
        }
    }

    @Test("every scalar reads as itself and as its escape", arguments: 0...16)
    func planes(_ plane: UInt32) throws {
        let scalars = stride(from: plane << 16, to: (plane + 1) << 16, by: 7).compactMap(Unicode.Scalar.init)
        let expected = String(String.UnicodeScalarView(scalars))
        let escaped = expected.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        var writer = JSONWriter()
        writer.element(expected)

        #expect(try JSONDocument(Array("\"\(escaped.joined())\"".utf8)).root.string == expected)
        #expect(try JSONDocument(writer.bytes).root.string == expected)
    }
}
