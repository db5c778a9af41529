import CalendarCore
import Foundation

/// The promises of `CalendarProvider`, one check each; they write to the subject's calendar.
///
/// A check whose capability the provider lacks, or whose part of ``ProviderUnderTest`` is not set, is skipped and says
/// which.
public enum CalendarProviderConformance {
    /// A check of a provider.
    public typealias Check = ConformanceCheck<ProviderUnderTest>

    /// Every check.
    public static let all: [Check] =
        calendars + writes + patches + times + contents + feed + disturbedFeed + series + occurrences + meetings
        + invitations + moves + channels + freeBusy

    private static let calendars: [Check] = [
        Check("one calendar is the primary one, comes first, and goes by its own id") { subject, promise in
            let found = try await subject.provider.calendars(session: subject.session)
            try promise.equal(found.filter(\.isPrimary).count, 1, "the number of primary calendars")
            try promise.equal(found.first?.isPrimary, true, "whether the first one is primary")
            try promise.holds(!found.contains { $0.id == "primary" }, "no calendar goes by an alias")
            try promise.equal(Set(found.map(\.id)).count, found.count, "the number of different ids")
        },
        Check("a list from the beginning is the whole list, and nothing is new in the next one") { subject, promise in
            let all = try await subject.provider.calendars(session: subject.session)
            let first = try await subject.provider.calendars(since: nil, session: subject.session)
            try promise.equal(first.isComplete, true, "whether the first list is complete")
            try promise.equal(first.calendars, all, "the calendars")
            try promise.equal(first.removed, [], "the calendars gone")
            guard let cursor = first.cursor else { return }
            let next = try await subject.provider.calendars(since: cursor, session: subject.session)
            try promise.equal(next.calendars, next.isComplete ? all : [], "the calendars of the next list")
            try promise.equal(next.removed, [], "the calendars gone in the next list")
        },
        Check(skippable: "a calendar that is new is in the next list") { subject, promise in
            guard let make = subject.makeCalendar else { return .skipped("no calendar can be made") }
            let first = try await subject.provider.calendars(since: nil, session: subject.session)
            let added = try await make()
            let next = try await subject.provider.calendars(since: first.cursor, session: subject.session)
            let expected = next.isComplete ? first.calendars.map(\.id) + [added] : [added]
            try promise.equal(Set(next.calendars.map(\.id)), Set(expected), "the calendars of the next list")
            return .passed
        },
        Check(skippable: "a void cursor of the list of calendars is cursorExpired, and a whole list works again") {
            subject,
            promise in
            let first = try await subject.provider.calendars(since: nil, session: subject.session)
            guard let cursor = first.cursor else { return .skipped("the provider lists calendars without a cursor") }
            try await subject.expireFeed()
            try await promise.fails(with: .cursorExpired, "the next list") {
                try await subject.provider.calendars(since: cursor, session: subject.session)
            }
            let again = try await subject.provider.calendars(since: nil, session: subject.session)
            try promise.equal(again.calendars, first.calendars, "the calendars")
            return .passed
        },
        Check("what the descriptor does not offer is unsupported") { subject, promise in
            let (provider, session) = (subject.provider, subject.session)
            let created = try await subject.create(subject.content("Plain", hour: 26), key: 1)
            if !subject.can(.instances) {
                try await promise.fails(with: .unsupported, "listing occurrences") {
                    try await provider.instances(
                        of: created.id,
                        in: subject.calendar,
                        during: subject.window(),
                        session: session
                    )
                }
            }
            if !subject.can(.respond) {
                let response = try InvitationResponse(to: created.id, .accepted, invitations: .silent)
                try await promise.fails(with: .unsupported, "answering") {
                    try await provider.respond(response, in: subject.calendar, session: session)
                }
            }
            if !subject.can(.moveEvents) {
                let move = EventMove(created.id, to: subject.calendar, invitations: .silent)
                try await promise.fails(with: .unsupported, "moving") {
                    try await provider.move(move, from: subject.calendar, session: session)
                }
            }
            if !subject.can(.notifications) {
                try await promise.fails(with: .unsupported, "opening a channel") {
                    try await provider.openChannel(subject.opening("channel-1"), session: session)
                }
            }
        },
    ]

    private static let freeBusy: [Check] = [
        Check(skippable: "a busy event is busy time, a free one is not, and an unknown subject is never free (R-37)") {
            subject,
            promise in
            guard subject.can(.freeBusy) else { return .skipped("the provider has no free/busy") }
            var free = subject.content("Free", hour: 30)
            free.availability = .free
            _ = try await subject.create(subject.content("Busy", hour: 26), key: 1)
            _ = try await subject.create(free, key: 2)
            let answer = try await subject.freeBusy(hours: 24..<48, and: "nobody@nowhere.invalid")
            let busy = BusyInterval(start: subject.instant(hour: 26), end: subject.instant(hour: 27))
            try promise.equal(answer[subject.ownSubject], .known([busy]), "the busy time")
            guard case .unknown = answer["nobody@nowhere.invalid"] else {
                try promise.holds(false, "an unknown subject's time is unknown")
                return .passed
            }
            return .passed
        },
        Check(skippable: "each occurrence of a series is busy time, in ascending order") { subject, promise in
            guard subject.can(.freeBusy) else { return .skipped("the provider has no free/busy") }
            var daily = subject.content("Daily", hour: 26)
            daily.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=3"])
            _ = try await subject.create(daily, key: 1)
            _ = try await subject.create(subject.content("Between", hour: 40), key: 2)
            let answer = try await subject.freeBusy(hours: 24..<96)
            let busy = [26, 40, 50, 74].map { hour in
                BusyInterval(start: subject.instant(hour: hour), end: subject.instant(hour: hour + 1))
            }
            try promise.equal(answer[subject.ownSubject], .known(busy), "the busy time")
            return .passed
        },
    ]
}

extension ProviderUnderTest {
    /// The name by which the subject's calendar is asked for its busy time.
    var ownSubject: String { can(.freeBusyByCalendar) ? calendar.rawValue : session.accountAddress }

    func freeBusy(hours: Range<Int>, and other: String? = nil) async throws -> [String: BusyTime] {
        let query = try FreeBusyQuery(
            subjects: [ownSubject] + (other.map { [$0] } ?? []),
            start: instant(hour: hours.lowerBound),
            end: instant(hour: hours.upperBound)
        )
        return try await provider.freeBusy(query, session: session)
    }
}
