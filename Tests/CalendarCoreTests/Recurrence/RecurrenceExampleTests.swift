import CalendarCore
import Testing

@Suite("The examples of RFC 5545")
struct RecurrenceExampleTests {
    private func set(_ example: RecurrenceExample) throws -> RecurrenceSet {
        let text = "\(example.start)T090000"
        let civil = try #require(CivilDateTime(text))
        return RecurrenceSet(Recurrence(lines: [example.rule]), start: .zoned(civil, EventZone("America/New_York")))
    }

    @Test("F-10: an example of RFC 5545 section 3.8.5.3 falls where the RFC says", arguments: RecurrenceExample.all)
    func occurrences(_ example: RecurrenceExample) throws {
        let found = try set(example).occurrences().prefix(example.expected.count).map(\.civil.basicText)
        #expect(found == example.expected.map { $0.contains("T") ? $0 : "\($0)T090000" })
    }

    @Test("F-10: an example of RFC 5545 section 3.8.5.3 ends where the RFC says", arguments: RecurrenceExample.all)
    func count(_ example: RecurrenceExample) throws {
        let set = try set(example)
        #expect(set.count() == example.count)
        #expect(set.isFinite == (example.count != nil))
    }

    @Test("the 42 examples are all there")
    func complete() {
        #expect(RecurrenceExample.all.count == 42)
    }
}
