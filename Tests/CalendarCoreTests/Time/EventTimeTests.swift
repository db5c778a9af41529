import CalendarCore
import Foundation
import Testing

@Suite("Event times")
struct EventTimeTests {
    static let offsets = Array(-11...14)

    @Test("R-38: an all-day event stays on its day in a zone of any offset", arguments: offsets)
    func allDay(offset: Int) throws {
        let day = try #require(CivilDate(year: 2026, month: 3, day: 29))
        let zone = EventZone(String(format: "GMT%+03d:00", offset))
        #expect(zone.isKnown)
        let time = EventTime.day(day)
        let date = time.date(floatingIn: zone)
        #expect(date.timeIntervalSince1970 == Double(20_541 * 86_400 - offset * 3600))
        #expect(zone.civil(at: date) == CivilDateTime(startOf: day))
        let copy = try JSONDecoder().decode(EventTime.self, from: JSONEncoder().encode(time))
        #expect(copy == time)
        #expect(copy.isAllDay)
    }

    @Test("R-38: a day whose midnight is skipped starts at the first moment of that day")
    func skippedMidnight() throws {
        let zone = EventZone("America/Sao_Paulo")
        let day = try #require(CivilDate("2018-11-04"))
        let date = EventTime.day(day).date(floatingIn: zone)
        #expect(date == Date(rfc3339: "2018-11-04T03:00:00Z"))
        #expect(zone.civil(at: date).description == "2018-11-04T01:00:00")
    }

    @Test("a reading that occurs twice keeps which one it is")
    func overlap() throws {
        let zone = EventZone("Europe/Berlin")
        let first = try #require(Date(rfc3339: "2026-10-25T00:30:00Z"))
        let second = first.addingTimeInterval(3600)
        let times = [ZonedDateTime(first, in: zone), ZonedDateTime(second, in: zone)]
        #expect(times.map(\.civil.description) == ["2026-10-25T02:30:00", "2026-10-25T02:30:00"])
        #expect(times.map(\.isLaterInOverlap) == [false, true])
        #expect(times.map(\.date) == [first, second])
    }
}
