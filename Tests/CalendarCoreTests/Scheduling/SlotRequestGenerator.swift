import CalendarCore
import Foundation

/// A seeded source of requests in whole minutes, mostly around days on which clocks change.
struct SlotRequestGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 7
    }

    mutating func next() -> UInt64 {
        // Xorshift64.
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    /// Zones with the UTC day around one of their changes, or any day where they have none.
    private static let places: [(zone: String, day: String)] = [
        ("Europe/Berlin", "2026-03-29"), ("Europe/Berlin", "2026-10-25"), ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"), ("Australia/Lord_Howe", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-10-04"), ("America/Santiago", "2026-04-05"), ("America/Santiago", "2026-09-06"),
        ("America/St_Johns", "2007-03-11"), ("America/St_Johns", "2007-11-04"), ("Asia/Kolkata", "2026-02-28"),
        ("Asia/Kathmandu", "2024-02-29"), ("UTC", "2026-12-31"), ("Africa/Cairo", "2026-04-24"),
    ]

    private mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    private mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }

    private mutating func place() -> (zone: String, day: String) { Self.places[int(0...Self.places.count - 1)] }

    /// A request and the present.
    mutating func request() throws -> (request: SlotRequest, now: Date) {
        let place = place()
        let start = SlotSamples.date("\(place.day)T00:00").addingTimeInterval(Double(int(-1440...600) * 60))
        let end = start.addingTimeInterval(Double(int(60...3000) * 60))
        let day = CivilDate(place.day) ?? .earliest
        var people: [Participant] = []
        for index in 0..<int(1...4) {
            people.append(try participant(index, place.zone, day, start, end))
        }
        var request = try SlotRequest(
            duration: int(1...90) * 60,
            from: start,
            until: end,
            in: EventZone(place.zone),
            participants: people
        )
        request.step = [5, 7, 15, 15, 20, 30, 45, 60][int(0...7)] * 60
        request.minimumNotice = chance(30) ? int(0...600) * 60 : 0
        request.horizon = chance(20) ? int(0...2000) * 60 : nil
        request.bufferBefore = chance(30) ? int(0...30) * 60 : 0
        request.bufferAfter = chance(30) ? int(0...30) * 60 : 0
        request.tentativeBlocks = chance(50)
        request.unknownPolicy = chance(70) ? .warn : .block
        request.limit = chance(15) ? int(1...8) : nil
        let optional = people.count { !$0.isRequired }
        request.quorum = chance(60) ? int(0...optional) : nil
        return (request, start.addingTimeInterval(Double(int(-600...300) * 60)))
    }

    private mutating func participant(
        _ index: Int,
        _ zone: String,
        _ day: CivilDate,
        _ start: Date,
        _ end: Date
    ) throws -> Participant {
        let zone = chance(60) ? zone : place().zone
        return Participant(
            id: "\(index)",
            name: "Person \(index)",
            calendars: (0..<int(1...2)).map { _ in calendar(start, end) },
            workingHours: chance(60) ? try hours(EventZone(zone), day) : nil,
            isRequired: chance(60),
            bufferBefore: chance(20) ? int(0...20) * 60 : 0,
            bufferAfter: chance(20) ? int(0...20) * 60 : 0
        )
    }

    private mutating func calendar(_ start: Date, _ end: Date) -> BusyTime {
        guard !chance(8) else { return .unknown(reason: "unavailable") }
        let minutes = Int(end.timeIntervalSince(start)) / 60
        let kinds: [Availability] = [.busy, .busy, .tentative, .free]
        let intervals = (0..<int(0...8)).map { _ in
            let first = start.addingTimeInterval(Double(int(-120...minutes + 60) * 60))
            return BusyInterval(
                start: first,
                end: first.addingTimeInterval(Double(int(0...180) * 60)),
                availability: kinds[int(0...3)]
            )
        }
        return .known(chance(80) ? intervals.sorted() : intervals)
    }

    private mutating func hours(_ zone: EventZone, _ day: CivilDate) throws -> WorkingHours {
        var week: [Weekday: [MinuteRange]] = [:]
        for weekday in Weekday.allCases where chance(85) { week[weekday] = try ranges() }
        var overrides: [CivilDate: [MinuteRange]] = [:]
        if chance(30) { overrides[day] = chance(30) ? [] : try ranges() }
        return try WorkingHours(zone: zone, week: week, overrides: overrides)
    }

    private mutating func ranges() throws -> [MinuteRange] {
        var bounds: Set<Int> = chance(40) ? [0, 1440] : []
        while bounds.count < 4 { bounds.insert(int(0...96) * 15) }
        let sorted = bounds.sorted()
        return [
            try MinuteRange(start: sorted[0], end: sorted[1]), try MinuteRange(start: sorted[2], end: sorted[3]),
        ]
    }
}
