import CalendarCore
import Foundation

extension CalendarProviderConformance {
    static let series: [Check] = [
        Check("a series is a master with its rules, to reading, to the feed and after an update") { subject, promise in
            let written = subject.weekly()
            let created = try await subject.create(written, key: 1)
            let expected = subject.provider.canonical(written).recurrence
            let told = try promise.some(try await subject.fullRound().changes.upserted.first, "the event listed")
            let updated = try await subject.update(created, etag: created.etag) { $0.title = "Renamed" }
            let found = [created, try await subject.read(created.id), told, updated]
            for event in found {
                try promise.equal(event.id, created.id, "the id")
                try promise.equal(event.role, .master, "what the event is")
                try promise.equal(subject.canonical(event).recurrence, expected, "the rules")
            }
            try promise.equal(updated.content.title, "Renamed", "the title after the update")
        },
        Check("a single event becomes a series, and the series ends earlier") { subject, promise in
            let single = subject.content("Growing", on: subject.clockChange().adding(days: -7))
            let created = try await subject.create(single, key: 1)
            let rule = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=8"])
            let grown = try await subject.update(created, etag: created.etag) { $0.recurrence = rule }
            try promise.equal(grown.role, .master, "what the event is")
            let shorter = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=3"])
            let cut = try await subject.update(grown, etag: grown.etag) { $0.recurrence = shorter }
            var expected = single
            expected.recurrence = shorter
            try promise.equal(
                subject.canonical(cut).recurrence,
                subject.provider.canonical(expected).recurrence,
                "the rules"
            )
        },
        Check("deleting a master deletes the series") { subject, promise in
            let master = try await subject.create(subject.weekly(), key: 1)
            let full = try await subject.fullRound()
            try await subject.delete(master, etag: master.etag)
            try await promise.fails(with: .notFound, "reading it") { try await subject.read(master.id) }
            let next = try await subject.round(from: .cursor(full.cursor))
            try promise.equal(next.changes.removed.contains(master.id), true, "whether the master is told to be gone")
            try promise.equal(next.changes.titles, [], "the events told to be there")
        },
    ]

    static let occurrences: [Check] = [
        Check(skippable: "occurrences keep the clock of the series over a clock change, in ascending order (R-38)") {
            subject,
            promise in
            guard subject.can(.instances) else { return .skipped("the provider lists no occurrences") }
            let written = subject.weekly()
            let master = try await subject.create(written, key: 1)
            let found = try await subject.instances(of: master)
            let starts = subject.weeklyStarts.map { Optional($0) }
            try promise.equal(found.map(\.content.start.civil), starts.compactMap { $0?.civil }, "the starts")
            let hours = found.map { event in
                event.content.end.date(floatingIn: .utc).timeIntervalSince(event.content.start.date(floatingIn: .utc))
            }
            try promise.equal(hours, [3600, 3600, 3600, 3600], "the durations in seconds")
            for (event, start) in zip(found, subject.weeklyStarts) {
                try promise.equal(event.place?.series, master.id, "the series an occurrence belongs to")
                let original = event.place?.originalStart.date(floatingIn: .utc)
                try promise.equal(original, start.date(floatingIn: .utc), "the place of an occurrence in its series")
                try promise.equal(event.content.recurrence, nil, "the rules of an occurrence")
            }
            try promise.equal(Set(found.map(\.id)).count, 4, "the number of different ids")
            return .passed
        },
        Check(skippable: "the occurrences of a window are those that touch it") { subject, promise in
            guard subject.can(.instances) else { return .skipped("the provider lists no occurrences") }
            let master = try await subject.create(subject.weekly(), key: 1)
            let second = subject.weeklyStarts[1].date(floatingIn: .utc)
            for (from, to, count) in [(1800.0, 7200.0, 1), (-1800, 1800, 1), (3600, 7200, 0), (-3600, 0, 0)] {
                let window = try SyncWindow(
                    start: second.addingTimeInterval(from),
                    end: second.addingTimeInterval(to)
                )
                let found = try await subject.provider.instances(
                    of: master.id,
                    in: subject.calendar,
                    during: window,
                    session: subject.session
                )
                let what = "the number of occurrences from \(from) to \(to) seconds after the start of one"
                try promise.equal(found.count, count, what)
            }
            return .passed
        },
        Check(skippable: "the occurrences of what is no series are notFound") { subject, promise in
            guard subject.can(.instances) else { return .skipped("the provider lists no occurrences") }
            let master = try await subject.create(subject.weekly(), key: 1)
            try await subject.delete(master, etag: nil)
            try await promise.fails(with: .notFound, "listing its occurrences") {
                try await subject.instances(of: master)
            }
            return .passed
        },
        Check(skippable: "an occurrence is found by its original start, and none where the rule gives none") {
            subject,
            promise in
            guard subject.can(.instances) else { return .skipped("the provider names no occurrences") }
            let master = try await subject.create(subject.weekly(), key: 1)
            let start = subject.weeklyStarts[2]
            let found = try await subject.occurrence(of: master, at: start)
            try promise.equal(found.content.start.civil, start.civil, "the start")
            try promise.equal(found.place?.series, master.id, "the series")
            try promise.equal(try await subject.read(found.id).content.start.civil, start.civil, "the start read by id")
            let between = EventTime.zoned(start.civil.adding(days: 1), ProviderUnderTest.berlin)
            try await promise.fails(with: .notFound, "an occurrence that the rule does not give") {
                try await subject.occurrence(of: master, at: between)
            }
            return .passed
        },
        Check(skippable: "a change of one occurrence leaves the others and the master alone, and the feed tells it") {
            subject,
            promise in
            guard subject.can(.instances) else { return .skipped("the provider names no occurrences") }
            let master = try await subject.create(subject.weekly(), key: 1)
            let full = try await subject.fullRound()
            let third = try await subject.occurrence(of: master, at: subject.weeklyStarts[2])
            let moved = subject.weeklyStarts[2].civil.adding(seconds: 5400)
            let changed = try await subject.update(third, etag: third.etag) { content in
                content.title = "Differs"
                content.start = .zoned(moved, ProviderUnderTest.berlin)
                content.end = .zoned(moved.adding(seconds: 3600), ProviderUnderTest.berlin)
            }
            try promise.equal(changed.place?.series, master.id, "the series")
            let original = changed.place?.originalStart.date(floatingIn: .utc)
            try promise.equal(original, subject.weeklyStarts[2].date(floatingIn: .utc), "the original start")
            let found = try await subject.instances(of: master)
            let titles = found.map(\.content.title)
            try promise.equal(titles, ["Weekly", "Weekly", "Differs", "Weekly"], "the occurrences")
            try promise.equal(found.count > 2 ? found[2].content.start.civil : nil, moved, "the start of the third")
            let read = try await subject.read(master.id)
            try promise.equal(read.content.title, "Weekly", "the master's title")
            let next = try await subject.round(from: .cursor(full.cursor))
            let told = next.changes.upserted.filter { $0.place?.series == master.id && $0.content.title == "Differs" }
            try promise.equal(told.map(\.id), [changed.id], "the occurrences told to differ")
            return .passed
        },
        Check(skippable: "deleting an occurrence by its id cancels it alone, and the feed tells it (R-26)") {
            subject,
            promise in
            guard subject.can(.instances) else { return .skipped("the provider names no occurrences") }
            let master = try await subject.create(subject.weekly(), key: 1)
            let full = try await subject.fullRound()
            let start = subject.weeklyStarts[1]
            let second = try await subject.occurrence(of: master, at: start)
            try await subject.delete(second, etag: nil)
            try await subject.delete(second, etag: nil)
            let starts = try await subject.instances(of: master).map(\.content.start.civil)
            let expected = subject.weeklyStarts.filter { $0 != start }.map(\.civil)
            try promise.equal(starts, expected, "the occurrences left")
            try await promise.fails(with: .notFound, "naming it") {
                try await subject.occurrence(of: master, at: start)
            }
            let next = try await subject.round(from: .cursor(full.cursor))
            try promise.equal(next.changes.tell(start, cancelledIn: master.id), true, "whether the feed tells it")
            let whole = try await subject.fullRound()
            try promise.equal(whole.changes.tell(start, cancelledIn: master.id), true, "whether a full round tells it")
            return .passed
        },
        Check(skippable: "a changed occurrence that is deleted afterwards does not take place (R-26)") {
            subject,
            promise in
            guard subject.can(.instances) else { return .skipped("the provider names no occurrences") }
            let master = try await subject.create(subject.weekly(), key: 1)
            let start = subject.weeklyStarts[1]
            let second = try await subject.occurrence(of: master, at: start)
            let changed = try await subject.update(second, etag: second.etag) { $0.title = "Differs" }
            let full = try await subject.fullRound()
            try await subject.delete(changed, etag: changed.etag)
            let titles = try await subject.instances(of: master).map(\.content.title)
            try promise.equal(titles, ["Weekly", "Weekly", "Weekly"], "the occurrences left")
            let next = try await subject.round(from: .cursor(full.cursor))
            try promise.equal(next.changes.tell(start, cancelledIn: master.id), true, "whether the feed tells it")
            return .passed
        },
    ]
}

extension ProviderUnderTest {
    /// Four weeks at ten o'clock in Berlin, the clock change in their middle.
    fileprivate func weekly() -> EventContent {
        var content = content("Weekly", on: clockChange().adding(days: -13))
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=4"])
        return content
    }

    /// When the occurrences of ``weekly()`` start.
    fileprivate var weeklyStarts: [EventTime] {
        let first = weekly().start.civil
        return (0..<4).map { .zoned(first.adding(days: 7 * $0), Self.berlin) }
    }

    /// The occurrences of ``weekly()``.
    fileprivate func instances(of master: RemoteEvent) async throws -> [RemoteEvent] {
        let first = weeklyStarts[0].date(floatingIn: .utc)
        let window = try SyncWindow(
            start: first.addingTimeInterval(-86_400),
            end: first.addingTimeInterval(40 * 86_400)
        )
        return try await provider.instances(of: master.id, in: calendar, during: window, session: session)
    }
}

extension RemoteEvent {
    /// The place in a series, when the event is an occurrence.
    fileprivate var place: OccurrenceKey? {
        if case .exception(let key) = role { key } else { nil }
    }
}

extension [RemoteChange] {
    /// Whether the changes say, in one of the ways that services have, that an occurrence does not take place.
    fileprivate func tell(_ start: EventTime, cancelledIn series: RemoteEventID) -> Bool {
        let instant = start.date(floatingIn: .utc)
        return contains { change in
            switch change {
            case .occurrenceCancelled(let key, _, _):
                key.series == series && key.originalStart.date(floatingIn: .utc) == instant
            case .occurrences(let set):
                set.series == series && set.window.overlaps(start: instant, end: instant.addingTimeInterval(1))
                    && !set.originalStarts.contains(instant)
            case .upserted(let event):
                event.id == series
                    && event.content.recurrence.map { recurrence in
                        let set = RecurrenceSet(recurrence, start: event.content.start, unmatchedStart: .counts)
                        return !set.occurrences(floatingIn: .utc).contains { $0.date(floatingIn: .utc) == instant }
                    } ?? false
            case .removed, .unreadable: false
            }
        }
    }
}
