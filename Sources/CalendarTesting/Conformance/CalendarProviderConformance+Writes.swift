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
            let read = try await subject.read(created.id)
            try promise.equal(canonical(created.content), canonical(content), "what creating answered")
            try promise.equal(canonical(read.content), canonical(content), "what reading answered")
            try promise.equal(read.etag, created.etag, "the etag")
            try promise.equal(read.role, .single, "what the event is")
        },
        Check("creating again with the same key answers the same event and makes no second one (F-05)") {
            subject,
            promise in
            let content = subject.content("Once", hour: 26)
            let first = try await subject.create(content, key: 1)
            let second = try await subject.create(content, key: 1)
            try promise.equal(second.id, first.id, "the event's id")
            try promise.equal(try await subject.fullRound().changes.upserted.count, 1, "the number of events")
        },
        Check("creating twice at once with the same key makes one event (F-05)") { subject, promise in
            let content = subject.content("Once", hour: 26)
            async let one = subject.create(content, key: 1)
            async let other = subject.create(content, key: 1)
            let (first, second) = try await (one, other)
            try promise.equal(second.id, first.id, "the event's id")
            try promise.equal(try await subject.fullRound().changes.upserted.count, 1, "the number of events")
        },
        Check("two keys make two events, whatever they say") { subject, promise in
            let content = subject.content("Twice", hour: 26)
            let first = try await subject.create(content, key: 1)
            let second = try await subject.create(content, key: 2)
            try promise.holds(first.id != second.id, "the ids differ")
            try promise.equal(try await subject.fullRound().changes.upserted.count, 2, "the number of events")
        },
        Check("a created event is found by its key, and nothing is found by another") { subject, promise in
            let created = try await subject.create(subject.content("Found", hour: 26), key: 1)
            try promise.equal(try await subject.created(key: 1)?.id, created.id, "the event found")
            try promise.equal(try await subject.created(key: 2)?.id, nil, "the event found by another key")
        },
        Check(skippable: "a create without reply has an unknown outcome, and its event is found by the key (F-05)") {
            subject,
            promise in
            guard let loseNextReply = subject.loseNextReply else { return .skipped("no reply can be lost") }
            try await loseNextReply()
            do {
                _ = try await subject.create(subject.content("Lost", hour: 26), key: 1)
                try promise.holds(false, "the create fails")
            } catch let error as CalendarError {
                try promise.equal(error.isOutcomeUnknown, true, "whether the outcome is unknown")
            }
            let found = try promise.some(try await subject.created(key: 1), "the event found by its key")
            let again = try await subject.create(subject.content("Lost", hour: 26), key: 1)
            try promise.equal(again.id, found.id, "the event's id after creating again")
            return .passed
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
            let read = try await subject.read(created.id)
            try promise.equal(read.content.title, "Second", "the title")
            try promise.equal(read.etag, current.etag, "the etag")
        },
        Check("an update or deletion without an etag takes whatever is there") { subject, promise in
            let created = try await subject.create(subject.content("First", hour: 26), key: 1)
            _ = try await subject.update(created, etag: created.etag) { $0.title = "Second" }
            let third = try await subject.update(created, etag: nil) { $0.title = "Third" }
            try promise.equal(third.content.title, "Third", "the title")
            try await subject.delete(created, etag: nil)
            try await promise.fails(with: .notFound, "reading it") { try await subject.read(created.id) }
        },
        Check("deleting what is gone succeeds, and reading or changing it is notFound") { subject, promise in
            let created = try await subject.create(subject.content("Gone", hour: 26), key: 1)
            try await subject.delete(created, etag: created.etag)
            try await subject.delete(created, etag: created.etag)
            try await subject.delete(created, etag: nil)
            try await promise.fails(with: .notFound, "reading it") { try await subject.read(created.id) }
            try await promise.fails(with: .notFound, "changing it") {
                try await subject.update(created, etag: nil) { $0.title = "Back" }
            }
        },
    ]

    static let patches: [Check] = [
        Check("an update changes the fields that differ, and the etag with them") { subject, promise in
            var content = subject.content("Before", hour: 26)
            content.location = "Room 5"
            let created = try await subject.create(content, key: 1)
            let updated = try await subject.update(created, etag: created.etag) { $0.title = "After" }
            try promise.equal(updated.content.title, "After", "the title")
            try promise.equal(updated.content.location, "Room 5", "the location")
            try promise.holds(updated.etag != created.etag, "the etag moved")
            let read = try await subject.read(created.id)
            try promise.equal(subject.canonical(read), subject.canonical(updated), "what reading answers then")
            try promise.equal(read.etag, updated.etag, "the etag that reading answers")
        },
        Check("an update leaves alone what it does not change, also when somebody else changed that") {
            subject,
            promise in
            let created = try await subject.create(subject.content("Before", hour: 26), key: 1)
            _ = try await subject.update(created, etag: created.etag) { $0.location = "Room 7" }
            let updated = try await subject.update(created, etag: nil) { $0.title = "After" }
            try promise.equal(updated.content.title, "After", "the title")
            try promise.equal(updated.content.location, "Room 7", "the location that somebody else set")
        },
        Check("an update takes away what it empties") { subject, promise in
            var content = subject.content("Full", hour: 26)
            content.location = "Room 5"
            content.body = EventBody("A text.")
            let created = try await subject.create(content, key: 1)
            let updated = try await subject.update(created, etag: created.etag) { content in
                content.location = nil
                content.body = nil
            }
            try promise.equal(updated.content.location ?? "", "", "the location")
            try promise.equal(subject.canonical(updated).body?.text ?? "", "", "the text")
            try promise.equal(updated.content.title, "Full", "the title")
        },
        Check("an update that changes nothing answers the event as it is") { subject, promise in
            let created = try await subject.create(subject.content("Same", hour: 26), key: 1)
            let updated = try await subject.update(created, etag: created.etag) { _ in }
            try promise.equal(subject.canonical(updated), subject.canonical(created), "the content")
        },
        Check(skippable: "the host's marks stay over an update of something else, and go when they are taken away") {
            subject,
            promise in
            var content = subject.content("Marked", hour: 26)
            content.hostTags = ["activity": "17", "kind": "call"]
            let declared = subject.provider.losses(writing: content)
            guard !declared.contains(where: { $0.field == .hostTags }) else {
                return .skipped("the provider keeps no marks")
            }
            let created = try await subject.create(content, key: 1)
            let updated = try await subject.update(created, etag: created.etag) { $0.title = "Renamed" }
            try promise.equal(updated.content.hostTags, ["activity": "17", "kind": "call"], "the marks")
            let fewer = try await subject.update(updated, etag: updated.etag) { $0.hostTags = ["kind": "visit"] }
            try promise.equal(fewer.content.hostTags, ["kind": "visit"], "the marks left")
            return .passed
        },
    ]
}
