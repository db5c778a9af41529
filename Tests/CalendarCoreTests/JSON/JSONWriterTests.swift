import CalendarCore
import Foundation
import Testing

@Suite("JSON: the writer")
struct JSONWriterTests {
    private func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("fields, objects and arrays come in the order of the calls with their commas")
    func structure() throws {
        let unknown = try JSONDocument(Array(#"{"u": [1.50]}"#.utf8)).root["u"]
        let written = text { writer in
            writer.object { writer in
                writer.field("id", "abc")
                writer.object("start") { writer in writer.null("date") }
                writer.object("empty") { _ in }
                writer.array("none") { _ in }
                writer.array("list") { writer in
                    writer.object { writer in writer.field("n", 3) }
                    writer.object { writer in writer.field("ok", true) }
                    writer.array { writer in
                        writer.element(1)
                        writer.element(false)
                        writer.nullElement()
                        writer.element("x")
                        writer.rawElement("{}".utf8)
                    }
                }
                if let unknown { writer.raw("unknown", unknown.bytes) }
                writer.field("node", ["a": nil] as JSONNode)
            }
        }

        let expected =
            #"{"id":"abc","start":{"date":null},"empty":{},"none":[],"#
            + #""list":[{"n":3},{"ok":true},[1,false,null,"x",{}]],"unknown":[1.50],"node":{"a":null}}"#
        #expect(written == expected)
    }

    @Test("an absent value writes no field")
    func absent() {
        let written = text { writer in
            writer.object { writer in
                writer.field("a", ifPresent: nil as String?)
                writer.field("b", ifPresent: 1 as Int?)
                writer.field("c", ifPresent: nil as Int?)
                writer.field("d", ifPresent: false as Bool?)
                writer.field("e", ifPresent: "x" as String?)
                writer.field("f", ifPresent: nil as Bool?)
            }
        }

        #expect(written == #"{"b":1,"d":false,"e":"x"}"#)
    }

    @Test("pieces stand as they are, and what follows one gets a comma where one belongs")
    func pieces() {
        let written = text { writer in
            writer.object { writer in
                writer.piece(#""a":{"b":"#)
                var day = ASCIIWriter()
                day.append(2026, digits: 4)
                writer.element(day)
                writer.field("c", 1)
                writer.piece("}")
                writer.field("d", "x")
                writer.piece(#","e":["#)
                writer.element(2)
                writer.element(3)
                writer.piece("]")
            }
        }

        #expect(written == #"{"a":{"b":"2026","c":1},"d":"x","e":[2,3]}"#)
    }

    @Test("only what must be escaped is escaped, in keys and values")
    func escapes() {
        let written = text { writer in
            writer.object { writer in
                writer.key("a\"b" as String)
                writer.element("\\ / \u{8}\t\n\u{C}\r \u{0}\u{1F}\u{7F} é\u{2028}\u{2029}😀")
            }
        }

        let expected = #"{"a\"b":"\\ / \b\t\n\f\r \u0000\u001f"# + "\u{7F} é\u{2028}\u{2029}😀\"}"
        #expect(written == expected)
    }

    @Test(
        "a double is written so that it reads back equal",
        arguments: [
            0.1, -0.0, 1, 1e16, 1e300, -1.5e-300, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e-7,
        ] as [Double]
    )
    func doubles(_ number: Double) throws {
        var writer = JSONWriter()
        writer.element(number)

        #expect(try JSONDocument(writer.bytes).root.double?.bitPattern == number.bitPattern)
    }

    @Test("what is no number in JSON is written as null", arguments: [Double.nan, .infinity, -.infinity])
    func notANumber(_ number: Double) {
        let written = text { writer in writer.object { writer in writer.field("n", number) } }

        #expect(written == #"{"n":null}"#)
    }

    @Test("data and bytes are the same")
    func data() {
        var writer = JSONWriter()
        writer.array { writer in writer.element(Int.min) }

        #expect(writer.data == Data("[-9223372036854775808]".utf8))
        #expect(Array(writer.data) == writer.bytes)
    }
}
