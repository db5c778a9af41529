import CalendarCore
import Foundation
import Testing

@Suite("Working hours")
struct WorkingHoursTests {
    @Test(
        "times of day that do not exist are refused by name",
        arguments: ["9:00", "24:01", "25:00", "09:60", "", "09:0x"]
    )
    func badTimes(_ text: String) {
        #expect(field { try WorkingHours.weekdays(from: text, to: "17:00", in: .utc) } == "from")
        #expect(field { try WorkingHours.weekdays(from: "00:00", to: text, in: .utc) } == "to")
    }

    @Test("an empty, reversed or too long range of minutes is refused by name")
    func badRanges() {
        #expect(field { try MinuteRange(start: -1, end: 5) } == "start")
        #expect(field { try MinuteRange(start: 1440, end: 1441) } == "start")
        #expect(field { try MinuteRange(start: 5, end: 5) } == "end")
        #expect(field { try MinuteRange(start: 6, end: 5) } == "end")
        #expect(field { try MinuteRange(start: 6, end: 1441) } == "end")
    }

    @Test("ranges that overlap or descend are refused with the name of their day")
    func overlap() throws {
        let morning = try MinuteRange(from: "09:00", to: "12:00")
        let noon = try MinuteRange(from: "11:59", to: "14:00")
        let date = try #require(CivilDate("2026-12-24"))

        #expect(field { try WorkingHours(zone: .utc, week: [.monday: [morning, noon]]) } == "week.monday")
        #expect(field { try WorkingHours(zone: .utc, week: [.sunday: [noon, morning]]) } == "week.sunday")
        #expect(
            field { try WorkingHours(zone: .utc, week: [:], overrides: [date: [noon, noon]]) } == "overrides.2026-12-24"
        )
    }

    @Test("M-36 an override replaces a weekday's ranges, and an empty one closes the day")
    func overrides() throws {
        let saturday = try #require(CivilDate("2026-12-26"))
        let thursday = try #require(CivilDate("2026-12-24"))
        let open = try MinuteRange(from: "10:00", to: "11:00")
        let hours = try WorkingHours.weekdays(from: "09:00", to: "17:00", in: .utc)
            .overriding([saturday: [open], thursday: []])

        #expect(try starts(hours, "2026-12-26", in: "UTC") == ["10:00", "10:30"])
        #expect(try starts(hours, "2026-12-24", in: "UTC").isEmpty)
        #expect(try starts(hours, "2026-12-25", in: "UTC").count == 16)
    }

    @Test("hours on a day on which clocks go forward lose the skipped part")
    func gap() throws {
        let hours = try hours("Europe/Berlin", "01:00", "04:00")

        #expect(try starts(hours, "2026-03-29", in: "Europe/Berlin") == ["01:00", "01:30", "03:00", "03:30"])
    }

    @Test("hours on a day on which clocks go back count the repeated part twice")
    func fold() throws {
        let hours = try hours("Europe/Berlin", "01:00", "04:00")

        #expect(
            try starts(hours, "2026-10-25", in: "Europe/Berlin") == [
                "01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30",
            ]
        )
    }

    @Test("a fold of half an hour counts half an hour twice")
    func halfHourFold() throws {
        let hours = try hours("Australia/Lord_Howe", "01:00", "02:30")

        #expect(
            try starts(hours, "2026-04-05", in: "Australia/Lord_Howe") == ["01:00", "01:30", "01:30", "02:00"]
        )
    }

    @Test("a night shift of two ranges is one stretch across midnight")
    func night() throws {
        let hours = try WorkingHours(
            zone: .utc,
            week: [
                .monday: [try MinuteRange(from: "23:00", to: "24:00")],
                .tuesday: [try MinuteRange(from: "00:00", to: "01:00")],
            ]
        )
        var request = try SlotSamples.morning([SlotSamples.person("Ada", hours: hours)], minutes: 90)
        request.end = SlotSamples.date("2026-03-04T00:00")

        #expect(
            SlotSamples.starts(try SlotFinder.find(request, now: SlotSamples.longAgo)) == ["23:00", "23:15", "23:30"]
        )
    }

    @Test("working hours survive encoding, and the text is the same every time")
    func coding() throws {
        let days = try (1...9).map { try #require(CivilDate(year: 2026, month: 12, day: $0)) }
        let open = [try MinuteRange(from: "10:00", to: "11:00")]
        let hours = try WorkingHours.weekdays(from: "09:00", to: "17:00", in: EventZone("Europe/Vienna"))
            .overriding(Dictionary(uniqueKeysWithValues: days.map { ($0, open) }))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(hours)
        let text = String(decoding: data, as: UTF8.self)

        #expect(try JSONDecoder().decode(WorkingHours.self, from: data) == hours)
        #expect(text.ranges(of: "\"date\"").count == 9)
        #expect(text.contains(#"[{"date":"2026-12-01","ranges":[{"end":660,"start":600}]},{"date":"2026-12-02""#))
    }

    @Test("stored hours that are invalid are refused when read")
    func badStored() {
        let text = #"{"zone":{"identifier":"UTC"},"week":[[],[],[],[],[],[],[{"start":600,"end":540}]]}"#

        #expect(throws: CalendarError.self) { try JSONDecoder().decode(WorkingHours.self, from: Data(text.utf8)) }
    }

    private func hours(_ zone: String, _ from: String, _ to: String) throws -> WorkingHours {
        let range = try MinuteRange(from: from, to: to)
        let week = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [range]) })
        return try WorkingHours(zone: EventZone(zone), week: week)
    }

    /// The starts of all half hours on the clock of a zone that lie within the hours on a day.
    private func starts(_ hours: WorkingHours, _ day: String, in zone: String) throws -> [String] {
        let date = try #require(CivilDate(day))
        var request = try SlotSamples.morning([SlotSamples.person("Ada", hours: hours)])
        request.zone = EventZone(zone)
        request.start = SlotSamples.date("\(day)T00:00", zone)
        request.end = SlotSamples.date("\(date.adding(days: 1))T00:00", zone)
        request.step = 1800
        return SlotSamples.starts(try SlotFinder.find(request, now: .distantPast), zone)
    }

    private func field<Value>(_ body: () throws -> Value) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? CalendarError)?.field
        }
    }
}
