import CalendarCore
import Foundation
import Testing

@Suite("Recurrence rules")
struct RecurrenceRuleTests {
    @Test(
        "parsing is lenient about form and prints the canonical one",
        arguments: [
            ("rrule:freq=weekly;wkst=su;byday=mo,we;", "FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU"),
            ("FREQ=DAILY;INTERVAL=1;WKST=MO", "FREQ=DAILY"),
            (" COUNT=3;;FREQ=MONTHLY;BYDAY=-1FR,+2MO ", "FREQ=MONTHLY;COUNT=3;BYDAY=-1FR,2MO"),
            ("FREQ=DAILY;UNTIL=20260329T070000Z", "FREQ=DAILY;UNTIL=20260329T070000Z"),
            ("FREQ=DAILY;UNTIL=2026-03-29", "FREQ=DAILY;UNTIL=20260329"),
            ("FREQ=YEARLY;BYSETPOS=-1;BYSECOND=60;BYWEEKNO=53", "FREQ=YEARLY;BYWEEKNO=53;BYSECOND=60;BYSETPOS=-1"),
        ]
    )
    func canonical(_ text: String, expected: String) throws {
        #expect(try RecurrenceRule(parsing: text).description == expected)
    }

    @Test(
        "an error names the part at fault",
        arguments: [
            ("COUNT=1", .missing("FREQ")), ("FREQ=DAILY;FREQ=DAILY", .repeated("FREQ")),
            ("FREQ=DAILY;X=1", .unknown("X")), ("FREQ=DAILY;COUNT=0", .outOfRange("COUNT")),
            ("FREQ=DAILY;BYHOUR=24", .outOfRange("BYHOUR")), ("FREQ=DAILY;BYHOUR=1,", .malformed("BYHOUR")),
            ("FREQ=DAILY;INTERVAL=99999999999999999999", .malformed("INTERVAL")),
            ("FREQ=DAILY;UNTIL=20260230", .malformed("UNTIL")),
            ("FREQ=WEEKLY;BYDAY=1MO", .notAllowed("BYDAY with a number", with: "FREQ=WEEKLY")),
        ] as [(String, RecurrenceError)]
    )
    func errors(_ text: String, expected: RecurrenceError) {
        #expect(throws: expected) { try RecurrenceRule(parsing: text) }
    }

    @Test("lines that cannot be read are kept and named, and the others still count")
    func lines() throws {
        let lines = [
            "EXDATE;TZID=Europe/Berlin:20260302T090000,20260303T090000", "EXRULE:FREQ=NEVER",
            "RRULE:FREQ=DAILY;COUNT=4",
        ]
        let recurrence = Recurrence(lines: lines)
        #expect(recurrence.lines == lines)
        #expect(recurrence.problem == .malformed("FREQ"))
        let start = EventTime.zoned(try #require(CivilDateTime("2026-03-01T09:00:00")), EventZone("Europe/Berlin"))
        let found = RecurrenceSet(recurrence, start: start).occurrences().map(\.civil.date.day)
        #expect(found == [1, 4])
        let copy = try JSONDecoder().decode(Recurrence.self, from: JSONEncoder().encode(recurrence))
        #expect(copy == recurrence)
        #expect(copy.problem == recurrence.problem)
    }
}
