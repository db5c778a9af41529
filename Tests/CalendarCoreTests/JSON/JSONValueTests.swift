import CalendarCore
import Foundation
import Testing

@Suite("JSON: values of a document")
struct JSONValueTests {
    private func value(_ text: String) throws -> JSONValue {
        try JSONDocument(Array(text.utf8)).root
    }

    @Test("every reader of another kind gives nil")
    func kinds() throws {
        let root = try value(#"{"o":{},"a":[],"s":"x","n":1,"b":false,"z":null}"#)

        #expect(root.members.map(\.value.kind) == [.object, .array, .string, .number, .bool, .null])
        #expect(root.members.map { $0.value.string } == [nil, nil, "x", nil, nil, nil])
        #expect(root.members.map { $0.value.int } == [nil, nil, nil, 1, nil, nil])
        #expect(root.members.map { $0.value.double } == [nil, nil, nil, 1, nil, nil])
        #expect(root.members.map { $0.value.bool } == [nil, nil, nil, nil, false, nil])
        #expect(root.members.map { $0.value.isNull } == [false, false, false, false, false, true])
        #expect(root["s"]?["x"] == nil)
        #expect(root["missing"] == nil)
        #expect(root["n"]?.elements.isEmpty == true)
        #expect(root["n"].map { Array($0.members).count } == 0)
    }

    @Test("the last of several members with one key wins, however the key is written")
    func duplicates() throws {
        let root = try value(#"{"key":1,"k\u0065y":2,"other":3}"#)

        #expect(root["key"]?.int == 2)
        #expect(root.members.map(\.key) == ["key", "key", "other"])
    }

    @Test("a key found by a static string and by a string is the same member")
    func keys() throws {
        let root = try value(#"{"a rather long key, beyond fifteen bytes":1,"ü":2,"":3}"#)
        let long: StaticString = "a rather long key, beyond fifteen bytes"
        let scalar: StaticString = "ü"
        let empty: StaticString = ""

        #expect([root[long], root[scalar], root[empty]].map { $0?.int } == [1, 2, 3])
        #expect([root[long.description], root["ü"], root[""]].map { $0?.int } == [1, 2, 3])
    }

    @Test("keys that only look equal are different members")
    func normalisation() throws {
        let root = try value("{\"\u{E9}\":1,\"e\u{301}\":2}")

        #expect(root["\u{E9}"]?.int == 1)
        #expect(root["e\u{301}"]?.int == 2)
    }

    @Test("a key with members inside its siblings is not confused with theirs")
    func nesting() throws {
        let root = try value(#"{"a":{"id":1,"b":[{"id":2}]},"list":[{"id":3},[4]],"id":5}"#)

        #expect(root["id"]?.int == 5)
        #expect(root["a"]?["id"]?.int == 1)
        #expect(root["a"]?["b"]?.elements.first?["id"]?.int == 2)
        #expect(root["list"]?.elements.map(\.kind) == [.object, .array])
    }

    @Test("what is not known is kept as it was sent")
    func slices() throws {
        let root = try value(#"{"id":"1", "unknown" : {"x" : [1.50, "\u0041"]} , "n":-1.0e+2}"#)

        #expect(root["unknown"].map { Array($0.bytes) } == Array(#"{"x" : [1.50, "\u0041"]}"#.utf8))
        #expect(root["n"].map { Array($0.bytes) } == Array("-1.0e+2".utf8))
        #expect(root["id"].map { Array($0.bytes) } == Array(#""1""#.utf8))
    }

    @Test("the elements are a collection in order")
    func elements() throws {
        let elements = try value(#"[1,[2,[3]],{"a":4},"5"]"#).elements

        #expect(elements.count == 4)
        #expect(elements.map(\.kind) == [.number, .array, .object, .string])
        #expect(elements.dropFirst().first?.elements.count == 2)
    }

    @Test("bytes and data with a byte order mark read alike")
    func data() throws {
        let text = "\u{FEFF}{\"a\":\"b\"}"

        #expect(try JSONDocument(Data(text.utf8)).root["a"]?.string == "b")
        #expect(try JSONDocument(Array(text.utf8)).root["a"]?.string == "b")
    }
}
