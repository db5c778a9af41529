import CalendarCore
import Foundation
import Testing

@Suite("Percent-encoding and form fields")
struct PercentEncodingTests {
    @Test("the unreserved characters stay as they are")
    func unreserved() {
        let text = "ABCXYZabcxyz0189-._~"

        #expect(PercentEncoding.encode(text) == text)
    }

    @Test("every other ASCII character is escaped", arguments: 0..<128)
    func ascii(_ value: Int) throws {
        let character = Character(try #require(UnicodeScalar(value)))
        let isUnreserved = character.isLetter || character.isNumber || "-._~".contains(character)
        let escaped = "%" + (value < 16 ? "0" : "") + String(value, radix: 16, uppercase: true)

        #expect(PercentEncoding.encode(String(character)) == (isUnreserved ? String(character) : escaped))
    }

    @Test("Foundation reads back what was encoded", arguments: ["a b/c?d#e%f+g&h=i", "日本 😀", "\u{0}\r\n", ""])
    func foundationDecodes(_ text: String) {
        #expect(PercentEncoding.encode(text).removingPercentEncoding == text)
    }

    @Test(
        "decoding a form value never fails",
        arguments: [
            ("a+b", "a b"), ("a%20b", "a b"), ("%2B", "+"), ("%C3%A9", "é"), ("%c3%a9", "é"),
            ("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("100%", "100%"), ("%%41", "%A"), ("%FF", "\u{FFFD}"), ("", ""),
        ]
    )
    func decodes(_ text: String, _ value: String) {
        #expect(PercentEncoding.decodeForm(text) == value)
    }

    @Test("form fields keep order and repeated names")
    func keepsOrder() {
        var fields = FormFields([("b", "1"), ("a", "2"), ("b", "3")])
        fields.add("c", nil)
        fields.add("d", "x y")

        #expect(fields.encoded == "b=1&a=2&b=3&d=x%20y")
        #expect(fields["b"] == "1")
        #expect(fields.values("b") == ["1", "3"])
        #expect(fields["c"] == nil)
    }

    @Test(
        "form fields read back what they wrote",
        arguments: [[("a", "b&c=d"), ("", "x"), ("é", "")], [("code", "4/0A+b%"), ("state", "=")]]
    )
    func roundTrip(_ pairs: [(String, String)]) {
        let read = FormFields(parsing: FormFields(pairs).encoded)

        #expect(read.pairs.map(\.name) == pairs.map(\.0))
        #expect(read.pairs.map(\.value) == pairs.map(\.1))
    }

    @Test("a form body is read with all its irregularities")
    func parses() {
        let fields = FormFields(parsing: "a=1&&b&c=&d=e=f&a=+2")

        #expect(fields.pairs.map(\.name) == ["a", "b", "c", "d", "a"])
        #expect(fields.pairs.map(\.value) == ["1", "", "", "e=f", " 2"])
    }
}
