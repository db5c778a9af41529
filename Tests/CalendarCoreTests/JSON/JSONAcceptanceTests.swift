import CalendarCore
import Testing

@Suite("JSON: which documents are accepted")
struct JSONAcceptanceTests {
    @Test(
        "a well-formed document is accepted",
        arguments: [
            "null", "true", "false", "0", "-0", "\"\"", "[]", "{}", " [ ] ", "\t{\n}\r\n", "[[],{}]", "[1,2]",
            #"{"a":1}"#, #"{ "a" : [ null , true ] , "b" : { } }"#, #"{"":""}"#, #"{"a":1,"a":2}"#,
            "1e5", "1E+5", "1e-05", "-1.25", "0.0", "0e0", "123456789012345678901234567890", "1e999",
            #""\"\\\/\b\f\n\r\t\u0000\uFFFF""#, #""\uD83D\ude00""#, "\"é ß 日本 😀 \u{7F}\u{2028}\u{10FFFF}\"",
            "\u{FEFF}[1]",
        ]
    )
    func accepts(_ text: String) throws {
        _ = try JSONDocument(Array(text.utf8))
    }

    @Test(
        "a malformed document is refused",
        arguments: [
            "", " ", "\u{FEFF}", "\u{FEFF}\u{FEFF}1", "nul", "nulll", "True", "NaN", "Infinity", "-Infinity",
            "undefined", "'a'", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1,,2]", "[1}", "{1:2}",
            "{a:1}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1]"#, #"{"a" 1}"#, #"{"a":1 "b":2}"#, #"{,"a":1}"#,
            #"{"a""#, #"{"a":1"#, #"{null:1}"#, "[1] 2", "1 1", "{}{}", "[]]", "// c\n1", "/**/1", "1//",
            "-", "+1", "01", "-01", "00", ".5", "1.", "-.5", "1.e5", "1e", "1e+", "1E-", "0x10", "1_000", "1,0", "--1",
            "1e1.5", "1a", "\"", "\"a", #""\""#, #""\x""#, #""\'""#, #""\U0041""#, #""\u""#, #""\u12""#, #""\u12G4""#,
            #""\u+123""#, #""\uD800""#, #""\uDC00""#, #""\uD800\uD800""#, #""\uD800x""#, #""\uD800\n""#,
            #""\uDC00\uD800""#, #""\uD800\u0041""#, #""\ud83d\"#, #""\ud83d\u"#, "\"\n\"", "\"\t\"", "\"\u{0}\"",
            "\"\u{1F}\"", "[\"a\nb\"]", "\u{A0}1", "\u{B}1", "\u{C}1", "1\u{0}",
        ]
    )
    func refuses(_ text: String) {
        #expect(throws: JSONError.self) { try JSONDocument(Array(text.utf8)) }
    }

    @Test(
        "bytes that are not UTF-8 are refused at their position",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
            [0xE2, 0x82, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x98, 0x41], [0xFF],
            [0xFE],
        ] as [[UInt8]]
    )
    func refusesUTF8(_ sequence: [UInt8]) {
        let quoted = Array(#"["abc"#.utf8) + sequence + Array("\"]".utf8)

        #expect(throws: JSONError.invalidUTF8(offset: 5)) { try JSONDocument(quoted) }
    }

    @Test("each kind of fault says where it is", arguments: JSONFault.all)
    func positions(_ fault: JSONFault) {
        #expect(throws: fault.error) { try JSONDocument(Array(fault.text.utf8)) }
    }

    @Test("512 levels are accepted and 513 are refused", arguments: ["[", #"{"a":"#])
    func depth(_ opening: String) throws {
        let closing = opening == "[" ? "]" : "}"
        let deepest = String(repeating: opening, count: 512) + "1" + String(repeating: closing, count: 512)
        let tooDeep = opening + deepest + closing

        _ = try JSONDocument(Array(deepest.utf8))
        #expect(throws: JSONError.tooDeep(offset: 512 * opening.utf8.count)) { try JSONDocument(Array(tooDeep.utf8)) }
    }

    @Test("a document cut short anywhere is refused")
    func truncation() {
        let whole = Array(#"{"añ\n\uD83D\uDE00":[1.5e+3,true,null,{"b":"😀"}],"c":-0}"#.utf8)

        for length in 0..<whole.count {
            #expect(throws: JSONError.self, "\(length) bytes") { try JSONDocument(Array(whole.prefix(length))) }
        }
    }

    @Test("siblings do not add to the depth")
    func siblings() throws {
        let text = "[" + String(repeating: "[],{},", count: 2_000) + "0]"

        #expect(try JSONDocument(Array(text.utf8)).root.elements.count == 4_001)
    }

    @Test("the description of an error holds nothing of the document")
    func description() throws {
        let error = #expect(throws: JSONError.self) { try JSONDocument(Array(#"{"secret":"hunter2"#.utf8)) }

        #expect(error?.description == "JSON: unexpected end of document at byte 18")
    }
}

/// A malformed text with its fault.
struct JSONFault: Sendable, CustomTestStringConvertible {
    let text: String
    let error: JSONError

    var testDescription: String { text }

    static let all = [
        JSONFault(text: "[1, 2", error: .unexpectedEnd(offset: 5)),
        JSONFault(text: "\"é", error: .unexpectedEnd(offset: 3)),
        JSONFault(text: "[1 2]", error: .unexpectedByte(offset: 3)),
        JSONFault(text: "[1, 02]", error: .invalidNumber(offset: 4)),
        JSONFault(text: #"["abcdefgh\q"]"#, error: .invalidEscape(offset: 10)),
        JSONFault(text: #"["\uDEAD"]"#, error: .loneSurrogate(offset: 2)),
        JSONFault(text: "[\"abcdefgh\u{1}\"]", error: .controlCharacter(offset: 10)),
        JSONFault(text: "[] []", error: .trailingContent(offset: 3)),
    ]
}
