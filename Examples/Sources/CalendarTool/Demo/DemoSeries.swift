import CalendarCore
import CalendarTesting
import Foundation

/// One weekly series in the calendars that a user has at both services, changed in Google's app and in the host.
struct DemoSeries {
    let narrator: Narrator
    let world: DemoWorld
    private let diary = DemoDiary(zone: DemoPerson.maryAtWork.zone)

    init(narrator: Narrator, world: DemoWorld) {
        self.narrator = narrator
        self.world = world
    }

    func run() async throws -> DemoSummary.Series {
        var summary = DemoSummary.Series()
        let mary = world.acting(.maryAtWork)
        let work = try await connect(.maryAtWork)
        let home = try await connect(.maryAtHome)

        narrator.heading("A series of Mary's, copied from Microsoft to Google")
        narrator.say("her rehearsals on Wednesdays at ten, without 1 April and with 8 April in the afternoon")
        try addRehearsals()
        try await sync(work, home)
        let series = try await storedSeries()
        try await mary.copy(series, to: home)
        try await sync(work, home)
        summary.copied = try await show()

        narrator.heading("In Google's app Mary moves 15 April and deletes 6 May")
        try changeAtGoogle()
        try await sync(work, home)
        summary.changedAtGoogle = try await show()

        narrator.heading("In the host she edits 29 April and all that follow")
        let eleven = try diary.timed("Dress rehearsal", "2026-04-29T11:00:00", minutes: 60)
        try await mary.update(
            OccurrenceReference(series: series, originalStart: try diary.time("2026-04-29T10:00:00")),
            scope: .thisAndFollowing,
            invitations: .silent
        ) { content in
            (content.title, content.start, content.end) = (eleven.title, eleven.start, eleven.end)
        }
        try await sync(work, home)
        summary.changedInHost = try await show()

        world.clearRequests()
        try await sync(work, home)
        summary.lastWrites = world.requests.filter(\.isWrite).count
        narrator.say("syncing both once more: \(summary.lastWrites) writes")
        return summary
    }

    private func connect(_ person: DemoPerson) async throws -> ConnectionID {
        let attempt = try await world.acting(person).connect(person.provider)
        let callback = try world.consent(to: attempt.url, as: person)
        return try await world.acting(person).complete(callback: callback, of: attempt.cookie).key.connection
    }

    /// Two rounds: what one calendar brings, the other one is sent.
    private func sync(_ connections: ConnectionID...) async throws {
        for _ in 0..<2 {
            for connection in connections { try await world.acting(.maryAtWork).sync(connection).finish() }
        }
    }

    /// Eight Wednesdays at ten, without 1 April and with 8 April in the afternoon.
    private func addRehearsals() throws {
        let address = DemoPerson.maryAtWork.address
        let content = try diary.timed("Rehearsal", "2026-03-25T10:00:00", minutes: 60, repeats: "FREQ=WEEKLY;COUNT=8")
        let afternoon = try diary.timed("", "2026-04-08T14:00:00", minutes: 60)
        let id = world.microsoft.add(content, to: address)
        world.microsoft.cancelOccurrence(of: id, startingAt: try diary.time("2026-04-01T10:00:00"), of: address)
        world.microsoft.changeOccurrence(of: id, startingAt: try diary.time("2026-04-08T10:00:00"), of: address) {
            ($0.start, $0.end) = (afternoon.start, afternoon.end)
        }
    }

    private func changeAtGoogle() throws {
        let address = DemoPerson.maryAtHome.address
        guard let id = world.remoteEvents(of: .maryAtHome).first(where: \.isSeries)?.id else {
            throw CalendarError(.notFound, "The series did not reach Google.")
        }
        let nextDay = try diary.timed("", "2026-04-16T09:30:00", minutes: 60)
        world.google.changeOccurrence(of: id, startingAt: try diary.time("2026-04-15T10:00:00"), of: address) {
            ($0.start, $0.end) = (nextDay.start, nextDay.end)
        }
        world.google.cancelOccurrence(of: id, startingAt: try diary.time("2026-05-06T10:00:00"), of: address)
    }

    /// The host's record of the series.
    private func storedSeries() async throws -> RecordID {
        let from = world.clock.now
        let entries = try await world.acting(.maryAtWork)
            .agenda(from: from, to: from.addingTimeInterval(7 * 86_400), in: diary.zone)
        guard let series = entries.first?.occurrence?.series else {
            throw CalendarError(.notFound, "The series did not reach the host.")
        }
        return series
    }

    /// Both sides as the services themselves have them.
    private func show() async throws -> DemoSummary.Series.Sides {
        let sides = DemoSummary.Series.Sides(
            microsoft: try await ServiceApp(world: world, person: .maryAtWork).occurrences(),
            google: try await ServiceApp(world: world, person: .maryAtHome).occurrences()
        )
        narrator.columns(["at Microsoft"] + sides.microsoft, ["at Google"] + sides.google)
        return sides
    }
}
