import CalendarCore
import Foundation

extension CalendarProviderConformance {
    static let feed: [Check] = [
        Check("a full round lists every event, and the next round nothing when nothing changed") { subject, promise in
            for number in 1...3 {
                _ = try await subject.create(subject.content("E\(number)", hour: 25 + number), key: number)
            }
            let full = try await subject.fullRound()
            try promise.equal(full.changes.titles, ["E1", "E2", "E3"], "the events listed")
            let next = try await subject.round(from: .cursor(full.cursor))
            try promise.equal(next.changes.titles, [], "the events listed when nothing changed")
        },
        Check("an empty calendar has a cursor, from which the first event is told") { subject, promise in
            let empty = try await subject.fullRound()
            try promise.equal(empty.changes.count, 0, "the number of changes")
            _ = try await subject.create(subject.content("First", hour: 26), key: 1)
            let next = try await subject.round(from: .cursor(empty.cursor))
            try promise.equal(next.changes.titles, ["First"], "the events told")
        },
        Check("a later round tells what was created, changed and deleted since") { subject, promise in
            let kept = try await subject.create(subject.content("Kept", hour: 26), key: 1)
            let deleted = try await subject.create(subject.content("Deleted", hour: 28), key: 2)
            let full = try await subject.fullRound()
            _ = try await subject.create(subject.content("Created", hour: 30), key: 3)
            _ = try await subject.update(kept, etag: kept.etag) { $0.title = "Changed" }
            try await subject.delete(deleted, etag: deleted.etag)
            let next = try await subject.round(from: .cursor(full.cursor))
            try promise.equal(next.changes.titles, ["Changed", "Created"], "the events there")
            try promise.equal(next.changes.removed, [deleted.id], "the events gone")
        },
        Check("an old cursor tells the same again: reading does not use it up") { subject, promise in
            let full = try await subject.fullRound()
            _ = try await subject.create(subject.content("New", hour: 26), key: 1)
            for reading in 1...2 {
                let next = try await subject.round(from: .cursor(full.cursor))
                try promise.equal(next.changes.titles, ["New"], "the events of reading \(reading)")
            }
        },
        Check("the feed tells an event as its write answered it, so that an echo is no change (R-02)") {
            subject,
            promise in
            let full = try await subject.fullRound()
            let created = try await subject.create(subject.content("Echo", hour: 26), key: 1)
            let updated = try await subject.update(created, etag: created.etag) { $0.location = "Room 5" }
            let next = try await subject.round(from: .cursor(full.cursor))
            let told = try promise.some(next.changes.upserted.last, "the event told")
            try promise.equal(told.id, updated.id, "the id")
            try promise.equal(told.etag, updated.etag, "the etag")
            try promise.equal(subject.canonical(told), subject.canonical(updated), "the content")
        },
        Check("an event that leaves the window is not told to be deleted (M-35)") { subject, promise in
            let created = try await subject.create(subject.content("Leaving", hour: 26), key: 1)
            let full = try await subject.fullRound()
            let far = subject.content("Leaving", hour: 24 * 500)
            _ = try await subject.update(created, etag: created.etag) { content in
                (content.start, content.end) = (far.start, far.end)
            }
            let next = try await subject.round(from: .cursor(full.cursor))
            try promise.holds(
                !next.changes.contains(.removed(created.id, isCertain: true)),
                "no certain removal of an event that is there"
            )
            try promise.equal(try await subject.read(created.id).content.title, "Leaving", "the event read")
        },
    ]

    static let disturbedFeed: [Check] = [
        Check(skippable: "a round that is resumed from a kept page ends with the same events") {
            subject,
            promise in
            let titles = try await subject.createSeveral()
            let first = try await subject.page(at: .beginning(try subject.window()))
            guard case .more(let point) = first.continuation else { return .skipped("everything fits on one page") }
            let whole = try await subject.round(from: .page(point))
            let resumed = try await subject.round(from: .page(point))
            try promise.equal((first.changes + whole.changes).titles, titles, "the events of the first reading")
            try promise.equal((first.changes + resumed.changes).titles, titles, "the events of the resumed reading")
            let next = try await subject.round(from: .cursor(resumed.cursor))
            try promise.equal(next.changes.titles, [], "the events told afterwards")
            return .passed
        },
        Check("what changes during a round is told by this round or the next") { subject, promise in
            var titles = try await subject.createSeveral()
            let first = try await subject.page(at: .beginning(try subject.window()))
            let seen = try promise.some(first.changes.upserted.first, "an event on the first page")
            _ = try await subject.update(seen, etag: nil) { $0.title = "Changed meanwhile" }
            _ = try await subject.create(subject.content("Created meanwhile", hour: 60), key: 60)
            var state = first.changes.upserted
            var cursor: SyncCursor
            switch first.continuation {
            case .more(let point):
                let rest = try await subject.round(from: .page(point))
                state += rest.changes.upserted
                cursor = rest.cursor
            case .end(let end): cursor = end
            }
            state += try await subject.round(from: .cursor(cursor)).changes.upserted
            var latest: [RemoteEventID: String?] = [:]
            for event in state { latest[event.id] = event.content.title }
            titles.removeAll { $0 == seen.content.title }
            titles += ["Changed meanwhile", "Created meanwhile"]
            try promise.equal(latest.values.compactMap { $0 }.sorted(), titles.sorted(), "the events known afterwards")
        },
        Check("a void position is cursorExpired, and a full round works again (R-21)") { subject, promise in
            _ = try await subject.create(subject.content("There", hour: 26), key: 1)
            let full = try await subject.fullRound()
            try await subject.expireFeed()
            try await promise.fails(with: .cursorExpired, "the next round") {
                try await subject.round(from: .cursor(full.cursor))
            }
            try promise.equal(try await subject.fullRound().changes.titles, ["There"], "the events listed")
        },
        Check(skippable: "a position that becomes void in the middle of a round is cursorExpired (R-22)") {
            subject,
            promise in
            let start = try await subject.fullRound()
            let titles = try await subject.createSeveral()
            let first = try await subject.page(at: .cursor(start.cursor))
            guard case .more(let point) = first.continuation else { return .skipped("everything fits on one page") }
            try await subject.expireFeed()
            try await promise.fails(with: .cursorExpired, "the next page") {
                try await subject.page(at: .page(point))
            }
            try promise.equal(try await subject.fullRound().changes.titles, titles, "the events listed")
            return .passed
        },
        Check(skippable: "an event that cannot be read is reported, and all others are told (R-28)") {
            subject,
            promise in
            guard let makeUnreadable = subject.makeUnreadable else {
                return .skipped("no event can be made unreadable")
            }
            let titles = try await subject.createSeveral()
            let broken = try promise.some(try await subject.created(key: 2), "the event to break")
            try await makeUnreadable(broken.id)
            let full = try await subject.fullRound()
            let issues = full.changes.compactMap { change in
                if case .unreadable(let issue) = change { issue.event } else { nil }
            }
            try promise.equal(issues, [broken.id], "the events reported")
            let others = titles.filter { $0 != broken.content.title }
            try promise.equal(full.changes.titles, others, "the events told")
            return .passed
        },
    ]
}

extension ProviderUnderTest {
    /// Creates five events with the keys 1 to 5, and answers their titles in order.
    fileprivate func createSeveral() async throws -> [String] {
        for number in 1...5 { _ = try await create(content("E\(number)", hour: 25 + number), key: number) }
        return (1...5).map { "E\($0)" }
    }
}
