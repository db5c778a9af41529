import CalendarCore
import CalendarToolKit
import Testing

@Suite("calendar agenda: weeks")
struct CalendarWeekTests {
    // ISO 8601: week 1 has the year's first Thursday; 2020 and 2026 have 53 weeks, 2025 has 52.
    @Test(
        "a week begins on its Monday",
        arguments: [
            ("2026-W12", "2026-03-16"), ("2026-W01", "2025-12-29"), ("2026-W53", "2026-12-28"),
            ("2021-w01", "2021-01-04"), ("2020-W53", "2020-12-28"), ("1969-W52", "1969-12-22"),
        ]
    )
    func reading(_ text: String, _ monday: String) throws {
        let week = try #require(CalendarWeek(text))

        #expect(week.monday == CivilDate(monday))
        #expect(week.description == text.uppercased())
        for day in 0..<7 { #expect(CalendarWeek(containing: week.monday.adding(days: day)) == week) }
        #expect(CalendarWeek(containing: week.end) != week)
    }

    @Test(
        "what is no week is refused",
        arguments: [
            "", "2026", "2026-12", "2026-W00", "2025-W53", "2026-W54", "2026-W1", "26-W01", "2026-W12-1", "x-W01",
        ]
    )
    func refusing(_ text: String) {
        #expect(CalendarWeek(text) == nil)
    }
}
