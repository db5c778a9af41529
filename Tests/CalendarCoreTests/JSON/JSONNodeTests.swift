import CalendarCore
import Testing

@Suite("JSON: the value tree")
struct JSONNodeTests {
    private let event: JSONNode = [
        "id": "abc", "sequence": 3, "rating": 1.5, "private": false, "location": nil,
        "attendees": [["email": "grace@example.com"], ["email": "ada@example.com"]],
    ]

    @Test("literals write the document they look like")
    func literals() {
        let text =
            #"{"id":"abc","sequence":3,"rating":1.5,"private":false,"location":null,"#
            + #""attendees":[{"email":"grace@example.com"},{"email":"ada@example.com"}]}"#

        #expect(String(decoding: event.bytes, as: UTF8.self) == text)
    }

    @Test("a tree reads back equal from its bytes")
    func identity() throws {
        #expect(try JSONNode(event.bytes) == event)
    }

    @Test("members are set in place, appended and removed, and keep their order")
    func members() {
        var node = event
        node["sequence"] = 4
        node["status"] = "confirmed"
        node["rating"] = nil
        node["location"] = .null
        node["start"]?["date"] = "2024-01-01"
        node["attendees"]?[1]["email"] = "joan@example.com"

        #expect(node.object?.keys == ["id", "sequence", "private", "location", "attendees", "status"])
        #expect(node["sequence"]?.int == 4)
        #expect(node["location"]?.isNull == true)
        #expect(node["start"] == nil)
        #expect(node["attendees"]?.elements.last?["email"]?.string == "joan@example.com")
    }

    @Test("setting a member makes an object of what was none, removing one does not")
    func promotion() {
        var node: JSONNode = "text"
        node["a"] = nil
        #expect(node == "text")

        node["a"] = true
        #expect(node == ["a": true])
    }

    @Test("of members with one key the last value counts, at the place of the first")
    func duplicates() throws {
        let node = try JSONNode(Array(#"{"a":1,"b":2,"a":3}"#.utf8))

        #expect(node == ["a": 3, "b": 2])
    }

    @Test("numbers are integers when they are written so and fit")
    func numbers() throws {
        let node = try JSONNode(Array("[1,1.0,9223372036854775808,1e400,-3]".utf8))

        #expect(node == [1, 1.0, .double(9_223_372_036_854_775_808), nil, -3])
        #expect(node[0] != node[1])
        #expect(node.elements.map(\.double) == [1, 1, 9_223_372_036_854_775_808, nil, -3])
    }

    @Test("readers of another kind give nil")
    func kinds() {
        #expect(event.string == nil)
        #expect(event["id"]?.int == nil)
        #expect(event["id"]?.object == nil)
        #expect(event["id"]?["id"] == nil)
        #expect(event["private"]?.bool == false)
        #expect(event["sequence"]?.bool == nil)
        #expect(event.elements.isEmpty)
    }

    @Test("a merge patch changes as the examples of RFC 7396 appendix A say", arguments: JSONMergeExample.all)
    func merge(_ example: JSONMergeExample) throws {
        let original = try JSONNode(Array(example.original.utf8))
        let patch = try JSONNode(Array(example.patch.utf8))
        let result = try JSONNode(Array(example.result.utf8))

        #expect(original.merging(patch) == result)
        #expect(original.merging(patch).merging(patch) == result)
    }
}

/// One line of RFC 7396 appendix A.
struct JSONMergeExample: Sendable, CustomTestStringConvertible {
    let original: String
    let patch: String
    let result: String

    var testDescription: String { "\(original) with \(patch)" }

    init(_ original: String, _ patch: String, _ result: String) {
        self.original = original
        self.patch = patch
        self.result = result
    }

    static let all = [
        JSONMergeExample(#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
        JSONMergeExample(#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
        JSONMergeExample(#"{"a":"b"}"#, #"{"a":null}"#, "{}"),
        JSONMergeExample(#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
        JSONMergeExample(#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
        JSONMergeExample(#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
        JSONMergeExample(#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
        JSONMergeExample(#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#),
        JSONMergeExample(#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
        JSONMergeExample(#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#),
        JSONMergeExample(#"{"a":"foo"}"#, "null", "null"),
        JSONMergeExample(#"{"a":"foo"}"#, #""bar""#, #""bar""#),
        JSONMergeExample(#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
        JSONMergeExample("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
        JSONMergeExample("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
    ]
}
