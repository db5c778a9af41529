import CalendarCore
import Foundation
import Testing

@Suite("JSON rows")
struct JSONRowTests {
    private static let names: [StaticString] = ["id", "summary", "start", "a", "aa", "aaa", "status", "states"]
    private static let table = JSONNameTable(names)

    private func row(_ text: String) throws -> JSONRow {
        JSONRow(try JSONDocument(Array(text.utf8)).root, Self.table)
    }

    @Test("a name has its place in the list, and no other name has one")
    func namesHavePlaces() {
        for (place, name) in Self.names.enumerated() {
            let found = Array(name.description.utf8).withUnsafeBufferPointer { Self.table.place(of: $0) }
            #expect(found == place)
        }
        for other in ["", "i", "idd", "Summary", "summarz", "aaaa", "stauts", "start "] {
            let found = Array(other.utf8).withUnsafeBufferPointer { Self.table.place(of: $0) }
            #expect(found == nil)
        }
    }

    @Test("a row answers what its object answers, for names of the table and for others")
    func rowEqualsObject() throws {
        let row = try row(
            #"{"id":"1","more":[true],"summary":"first","start":{"date":"2026-03-01"},"summary":"last","status":null}"#
        )
        #expect(row["id"]?.string == "1")
        #expect(row["summary"]?.string == "last")
        #expect(row.string("summary") == "last")
        #expect(row["start"]?["date"]?.string == "2026-03-01")
        #expect(row.string("start") == nil)
        #expect(row["status"]?.isNull == true)
        #expect(row["more"]?.elements.first?.bool == true)
        #expect(row["a"] == nil)
        #expect(row["absent"] == nil)
        #expect(row.string("absent") == nil)
    }

    @Test("a key with an escape is found, and a text with one is read")
    func escapesAreRead() throws {
        let row = try row(#"{"\u0073ummary":"Caf\u00e9","i\u0064":"2"}"#)
        #expect(row.string("summary") == "Café")
        #expect(row.string("id") == "2")
    }

    @Test("what is no object has no members", arguments: ["[]", "1", "\"id\"", "null", "{}"])
    func othersHaveNoMembers(text: String) throws {
        let row = try row(text)
        #expect(row["id"] == nil)
        #expect(row.members { _, _ in true }.isEmpty)
    }

    @Test("members are kept as the bytes that came, in their order")
    func membersAreKept() throws {
        let row = try row(#"{"id":"1","x" : [1, 2.50],"status":7,"y":{"z":"\u00e9"},"summary":"s"}"#)
        let kept = row.members { place, kind in place == nil || kind == .number }
        #expect(String(decoding: kept, as: UTF8.self) == #"{"x":[1, 2.50],"status":7,"y":{"z":"\u00e9"}}"#)
        #expect(row.members { _, _ in false }.isEmpty)
    }
}
