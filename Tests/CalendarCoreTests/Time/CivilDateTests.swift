import CalendarCore
import Foundation
import Testing

@Suite("Civil dates")
struct CivilDateTests {
    @Test(
        "day numbers, weekdays and days of the year agree with counting day by day",
        arguments: [1, 1500, 1890, 9800]
    )
    func counting(from firstYear: Int) throws {
        // The oracle counts: it knows month lengths and that 1 January of year 1 was a Monday, 719,162 days before 1970.
        var number = -719_162
        var weekday = 1
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var mismatches: [String] = []
        for year in 1..<min(firstYear + 200, 10_000) {
            let isLeap = year.isMultiple(of: 400) || (year.isMultiple(of: 4) && !year.isMultiple(of: 100))
            guard year >= firstYear else {
                number += isLeap ? 366 : 365
                weekday = (weekday - 1 + (isLeap ? 366 : 365)) % 7 + 1
                continue
            }
            var dayOfYear = 0
            for month in 1...12 {
                for day in 1...(lengths[month - 1] + (isLeap && month == 2 ? 1 : 0)) {
                    dayOfYear += 1
                    let date = try #require(CivilDate(year: year, month: month, day: day))
                    if date.daysSinceEpoch != number || CivilDate(daysSinceEpoch: number) != date
                        || date.weekday.rawValue != weekday || date.dayOfYear != dayOfYear
                    {
                        mismatches.append("\(date)")
                    }
                    number += 1
                    weekday = weekday % 7 + 1
                }
            }
        }
        #expect(mismatches.isEmpty)
    }

    @Test("ISO weeks agree with Foundation's ISO calendar")
    func isoWeeks() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = try #require(TimeZone(identifier: "GMT"))
        var mismatches: [String] = []
        for day in stride(from: -25_000, through: 60_000, by: 3) {
            let parts = calendar.dateComponents(
                [.yearForWeekOfYear, .weekOfYear],
                from: Date(timeIntervalSince1970: Double(day) * 86_400)
            )
            let date = CivilDate(daysSinceEpoch: day)
            if date.isoWeek.yearForWeek != parts.yearForWeekOfYear || date.isoWeek.week != parts.weekOfYear {
                mismatches.append("\(date)")
            }
        }
        #expect(mismatches.isEmpty)
    }

    @Test(
        "a day the calendar does not have is refused",
        arguments: [
            (0, 1, 1), (10_000, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 2, 29), (1900, 2, 29), (2026, 4, 31),
        ]
    )
    func invalid(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test("day numbers beyond years 1 to 9999 are clamped")
    func clamped() {
        #expect(CivilDate(daysSinceEpoch: .max).description == "9999-12-31")
        #expect(CivilDate(daysSinceEpoch: .min).description == "0001-01-01")
        #expect(CivilDate.latest.adding(days: .max) == .latest)
        #expect(CivilDate.earliest.adding(days: .min) == .earliest)
    }

    @Test("both written forms are read", arguments: ["2026-03-29", "20260329"])
    func text(_ text: String) throws {
        let date = try #require(CivilDate(text))
        #expect(date.description == "2026-03-29")
        #expect(date.weekday == .sunday)
    }

    @Test(
        "malformed text is refused",
        arguments: ["", "2026-3-29", "2026-0329", "202603-29", "2026-03-29T", "2026-02-30", " 2026-03-29", "２０２６0329"]
    )
    func malformed(_ text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("a day is encoded as its text and decodes from it")
    func coding() throws {
        let date = try #require(CivilDate(year: 2026, month: 3, day: 29))
        let data = try JSONEncoder().encode([date])
        #expect(String(decoding: data, as: UTF8.self) == "[\"2026-03-29\"]")
        #expect(try JSONDecoder().decode([CivilDate].self, from: data) == [date])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([CivilDate].self, from: Data("[\"x\"]".utf8)) }
    }
}
