import CalendarCore
import Foundation

extension CalendarProviderConformance {
    static let writes: [Check] = [
        Check("an event reads as it was written, in the canonical form") { subject, promise in
            var content = subject.content("Written", hour: 26)
            content.body = EventBody("A text.")
            content.location = "Room 5"
            content.visibility = .private
            let canonical = subject.provider.canonical
            let created = try await subject.create(content, key: 1)
            let read = try await subject.provider.event(created.id, in: subject.calendar, session: subject.session)
            try promise.equal(canonical(created.content), canonical(content), "what creating answered")
            try promise.equal(canonical(read.content), canonical(content), "what reading answered")
            try promise.equal(canonical(canonical(content)), canonical(content), "the canonical form of itself")
            try promise.equal(read.etag, created.etag, "the etag")
        },
        Check("an all-day event keeps its days (R-38)") { subject, promise in
            let day = EventZone.utc.civil(at: subject.instant(hour: 72)).date
            var content = subject.content("All day", hour: 26)
            (content.start, content.end) = (.day(day), .day(day.adding(days: 2)))
            let created = try await subject.create(content, key: 1)
            let read = try await subject.provider.event(created.id, in: subject.calendar, session: subject.session)
            try promise.equal(read.content.start, content.start, "the first day")
            try promise.equal(read.content.end, content.end, "the day after the last")
        },
        Check("creating again with the same key answers the same event and makes no second one (F-05)") {
            subject,
            promise in
            let content = subject.content("Once", hour: 26)
            let first = try await subject.create(content, key: 1)
            let second = try await subject.create(content, key: 1)
            try promise.equal(second.id, first.id, "the event's id")
            let listed = try await subject.fullRound().changes.filter { change in
                if case .upserted = change { true } else { false }
            }
            try promise.equal(listed.count, 1, "the number of events")
        },
        Check("a created event is found by its key, and nothing is found by another") { subject, promise in
            let created = try await subject.create(subject.content("Found", hour: 26), key: 1)
            try promise.equal(try await subject.created(key: 1)?.id, created.id, "the event found")
            try promise.equal(try await subject.created(key: 2)?.id, nil, "the event found by another key")
        },
        Check("an update changes the fields that differ, and the etag with them") { subject, promise in
            var content = subject.content("Before", hour: 26)
            content.location = "Room 5"
            let created = try await subject.create(content, key: 1)
            let updated = try await subject.update(created, etag: created.etag) { $0.title = "After" }
            try promise.equal(updated.content.title, "After", "the title")
            try promise.equal(updated.content.location, "Room 5", "the location")
            try promise.holds(updated.etag != created.etag, "the etag moved")
        },
        Check("an update or deletion on an older etag is a conflict and changes nothing") { subject, promise in
            let created = try await subject.create(subject.content("First", hour: 26), key: 1)
            let current = try await subject.update(created, etag: created.etag) { $0.title = "Second" }
            try await promise.fails(with: .conflict, "an update on the older etag") {
                try await subject.update(created, etag: created.etag) { $0.title = "Third" }
            }
            try await promise.fails(with: .conflict, "a deletion on the older etag") {
                try await subject.delete(created, etag: created.etag)
            }
            let read = try await subject.provider.event(created.id, in: subject.calendar, session: subject.session)
            try promise.equal(read.content.title, "Second", "the title")
            try promise.equal(read.etag, current.etag, "the etag")
        },
        Check("deleting what is gone succeeds, and reading it is notFound") { subject, promise in
            let created = try await subject.create(subject.content("Gone", hour: 26), key: 1)
            try await subject.delete(created, etag: created.etag)
            try await subject.delete(created, etag: created.etag)
            try await promise.fails(with: .notFound, "reading it") {
                try await subject.provider.event(created.id, in: subject.calendar, session: subject.session)
            }
        },
        Check("no mail is sent without being asked for: guests are written silently, or the call is refused (R-08)") {
            subject,
            promise in
            var content = subject.content("Silent", hour: 26)
            content.attendees = [Attendee("guest@example.com")]
            switch subject.provider.descriptor.mailControl {
            case .perWrite:
                let created = try await subject.create(content, key: 1)
                try promise.equal(created.content.attendees.count, 1, "the number of guests")
            case .always:
                try await promise.fails(with: .unsupported, "a silent create with guests") {
                    try await subject.create(content, key: 1)
                }
                try promise.equal(try await subject.fullRound().changes.count, 0, "the number of changes")
            }
        },
    ]

    static let feed: [Check] = [
        Check("a full round lists every event, and the next round nothing when nothing changed") { subject, promise in
            for number in 1...3 {
                _ = try await subject.create(subject.content("E\(number)", hour: 25 + number), key: number)
            }
            let full = try await subject.fullRound()
            try promise.equal(titles(full.changes), ["E1", "E2", "E3"], "the events listed")
            let next = try await subject.round(from: .cursor(full.cursor))
            try promise.equal(titles(next.changes), [], "the events listed when nothing changed")
        },
        Check("a later round tells what was created, changed and deleted since") { subject, promise in
            let kept = try await subject.create(subject.content("Kept", hour: 26), key: 1)
            let deleted = try await subject.create(subject.content("Deleted", hour: 28), key: 2)
            let full = try await subject.fullRound()
            _ = try await subject.create(subject.content("Created", hour: 30), key: 3)
            _ = try await subject.update(kept, etag: kept.etag) { $0.title = "Changed" }
            try await subject.delete(deleted, etag: deleted.etag)
            let next = try await subject.round(from: .cursor(full.cursor))
            try promise.equal(titles(next.changes), ["Changed", "Created"], "the events there")
            let removed = next.changes.compactMap { change -> RemoteEventID? in
                if case .removed(let id, _) = change { id } else { nil }
            }
            try promise.equal(removed, [deleted.id], "the events gone")
        },
        Check("a void position is cursorExpired, and a full round works again (R-21)") { subject, promise in
            _ = try await subject.create(subject.content("There", hour: 26), key: 1)
            let full = try await subject.fullRound()
            try await subject.expireFeed()
            try await promise.fails(with: .cursorExpired, "the next round") {
                try await subject.round(from: .cursor(full.cursor))
            }
            try promise.equal(titles(try await subject.fullRound().changes), ["There"], "the events listed")
        },
    ]

    private static func titles(_ changes: [RemoteChange]) -> [String] {
        changes.compactMap { change in
            if case .upserted(let event) = change { event.content.title } else { nil }
        }.sorted()
    }
}
