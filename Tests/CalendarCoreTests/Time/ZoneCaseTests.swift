import CalendarCore
import Foundation
import Testing

@Suite("Zones against the shared cases", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct ZoneCaseTests {
    struct Reading: Decodable {
        let utc: String
        let offset: Int
        let back: String
    }

    struct Case: Decodable {
        let zone: String
        let windows: String
        let kind: String
        let local: String
        let fold0: Reading
        let fold1: Reading
    }

    @Test("local readings become the instants, and instants the readings, of the shared cases")
    func cases() throws {
        let cases = try SharedData.decode([Case].self, from: "timezones/cases.json")
        #expect(cases.count == 300)
        var failures: [String] = []
        for example in cases {
            let zone = EventZone(example.zone)
            let local = try #require(CivilDateTime(example.local))
            let first = try #require(Date(rfc3339: example.fold0.utc))
            let second = try #require(Date(rfc3339: example.fold1.utc))
            var isRight = zone.isKnown && zone.date(of: local) == first
            isRight = isRight && zone.offset(at: first) == zone.offset(at: zone.date(of: local))
            isRight = isRight && zone.civil(at: first).description == example.fold0.back
            isRight = isRight && zone.civil(at: second).description == example.fold1.back
            switch (example.kind, zone.table.reading(ofLocal: local.secondsSinceEpoch)) {
            case ("gap", .skipped(let before, let after)):
                isRight = isRight && before == example.fold0.offset && after == example.fold1.offset
                isRight = isRight && zone.date(of: local, laterInOverlap: true) == first
            case ("overlap", .twice(let before, let after)):
                isRight = isRight && before == example.fold0.offset && after == example.fold1.offset
                isRight = isRight && zone.date(of: local, laterInOverlap: true) == second
            case ("regular", .once(let offset)), ("edge", .once(let offset)):
                isRight = isRight && offset == example.fold0.offset
            default:
                isRight = false
            }
            for date in [first, second] where ZonedDateTime(date, in: zone).date != date { isRight = false }
            if !isRight { failures.append("\(example.zone) \(example.kind) \(example.local)") }
        }
        #expect(failures.isEmpty)
        print("zone cases: \(cases.count - failures.count) of \(cases.count)")
    }
}
