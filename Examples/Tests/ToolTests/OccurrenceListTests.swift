import CalendarToolKit
import Testing

@Suite("calendar expand: the readable list")
struct OccurrenceListTests {
    private static func list(_ rule: String, _ start: String, _ zone: String?, limit: Int = 20) throws -> [String] {
        let request = try ExpandRequest(rule: rule, start: start, zoneName: zone, limit: limit)
        return Array(try OccurrenceList(request, by: Expander { .zero }).lines.dropFirst())
    }

    @Test("each occurrence shows weekday, date, time and the offset of its day")
    func acrossAChange() throws {
        #expect(
            try Self.list("FREQ=WEEKLY;BYDAY=SU", "2026-03-22T09:00", "Europe/Berlin", limit: 2) == [
                "from Sun 2026-03-22  09:00  UTC+01:00, in Europe/Berlin",
                "",
                "1  Sun 2026-03-22  09:00  UTC+01:00",
                "2  Sun 2026-03-29  09:00  UTC+02:00",
                "… and so on",
            ]
        )
    }

    @Test("days have no time, and the end of the series is said")
    func days() throws {
        #expect(
            try Self.list("FREQ=DAILY;COUNT=2", "2028-02-28", nil) == [
                "from Mon 2028-02-28, all day", "", "1  Mon 2028-02-28", "2  Tue 2028-02-29", "The series ends here.",
            ]
        )
    }

    @Test("a floating series has no offset, and a start that does not match is mentioned")
    func floating() throws {
        #expect(
            try Self.list("FREQ=WEEKLY;BYDAY=MO;COUNT=1", "2026-03-04T09:00:30", nil) == [
                "from Wed 2026-03-04  09:00:30, local time, wherever one is",
                "",
                "1  Mon 2026-03-09  09:00:30",
                "The series ends here.",
                "The start does not match its rule; most calendars show it all the same.",
            ]
        )
    }

    @Test("a Windows zone is named both ways")
    func windows() throws {
        let first = try Self.list("FREQ=DAILY", "2026-07-01T09:00", "Newfoundland Standard Time", limit: 1).first

        #expect(
            first == "from Wed 2026-07-01  09:00  UTC-02:30, in Newfoundland Standard Time (America/St_Johns)"
        )
    }
}
