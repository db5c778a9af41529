import CalendarCore
import Foundation

/// An independent slot finder: minute by minute, by set membership, with offsets asked of Foundation.
///
/// Every time in a request has to be a whole minute.
struct SlotOracle {
    private struct Person {
        var isRequired: Bool
        var isUnavailable: Bool
        /// Minutes since 1970 that are taken.
        var busy: Set<Int> = []
        /// Minutes since 1970 outside working hours.
        var closed: Set<Int> = []
        var before: Int
        var after: Int
    }

    private let request: SlotRequest
    private let now: Int
    private let first: Int
    private let last: Int
    private let people: [Person]

    init(_ request: SlotRequest, now: Date) {
        self.request = request
        self.now = Self.minute(now)
        first = Self.minute(request.start)
        last = Self.minute(request.end)
        people = request.participants.map { Self.person($0, request) }
    }

    /// Every candidate start in minutes since 1970, and whether a meeting is possible.
    func verdicts() -> [(start: Int, isFree: Bool)] {
        let duration = request.duration / 60
        let local = Self.localSeconds(from: first, to: last, in: request.zone)
        return (first..<last).filter { start in
            start + duration <= last && local[start - first] % 86_400 % request.step == 0
        }.map { ($0, isFree($0, $0 + duration)) }
    }

    private func isFree(_ start: Int, _ end: Int) -> Bool {
        if start < now + request.minimumNotice / 60 { return false }
        if let horizon = request.horizon, start > now + horizon / 60 { return false }
        let available = people.map { person in
            !person.isUnavailable
                && (start - person.before..<end + person.after).allSatisfy { !person.busy.contains($0) }
                && (start..<end).allSatisfy { !person.closed.contains($0) }
        }
        let required = zip(people, available).allSatisfy { !$0.isRequired || $1 }
        let optional = zip(people, available).count { !$0.isRequired && $1 }
        return required && optional >= request.quorum ?? 0
    }

    private static func person(_ participant: Participant, _ request: SlotRequest) -> Person {
        var person = Person(
            isRequired: participant.isRequired,
            isUnavailable: false,
            before: (request.bufferBefore + participant.bufferBefore) / 60,
            after: (request.bufferAfter + participant.bufferAfter) / 60
        )
        for calendar in participant.calendars {
            switch calendar {
            case .unknown:
                if request.unknownPolicy == .block { person.isUnavailable = true }
            case .known(let intervals):
                for interval in intervals {
                    if interval.availability == .free { continue }
                    if interval.availability == .tentative, !request.tentativeBlocks { continue }
                    person.busy.formUnion(minute(interval.start)..<minute(interval.end))
                }
            }
        }
        if let hours = participant.workingHours {
            person.closed = closed(hours, minute(request.start), minute(request.end))
        }
        return person
    }

    private static func closed(_ hours: WorkingHours, _ first: Int, _ last: Int) -> Set<Int> {
        var closed: Set<Int> = []
        for (index, local) in localSeconds(from: first, to: last, in: hours.zone).enumerated() {
            let date = CivilDate(daysSinceEpoch: local / 86_400)
            // 1 January 1970 was a Thursday.
            let weekday = Weekday.allCases[(local / 86_400 + 3) % 7]
            let ranges = hours.overrides[date] ?? hours.week[weekday] ?? []
            let minute = local % 86_400 / 60
            if !ranges.contains(where: { $0.start <= minute && minute < $0.end }) { closed.insert(first + index) }
        }
        return closed
    }

    /// The readings of a zone's clock as seconds since 1970, for each minute.
    private static func localSeconds(from first: Int, to last: Int, in zone: EventZone) -> [Int] {
        guard let zone = TimeZone(identifier: zone.identifier) else { return [] }
        return (first..<last).map { minute in
            minute * 60 + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(minute * 60)))
        }
    }

    private static func minute(_ date: Date) -> Int { Int(date.timeIntervalSince1970) / 60 }
}
