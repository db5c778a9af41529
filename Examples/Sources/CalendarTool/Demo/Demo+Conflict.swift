import CalendarCore
import CalendarTesting
import Foundation

extension Demo {
    /// The host and somebody in Google's app rename the same event; then its user chooses the host's title.
    func settleConflict(_ connection: Connection) async throws -> DemoSummary.Conflict {
        narrator.heading("An edit in the host meets one in Google's app")
        let (ada, id) = (world.acting(.ada), connection.key.connection)
        let title = "Lunch with Charles"
        func stored() -> SimulatedEvent? {
            world.remoteEvents(of: .ada).first { $0.title?.hasPrefix(title) == true }
        }
        let from = world.clock.now
        let entries = try await ada.agenda(from: from, to: from.addingTimeInterval(7 * 86_400), in: DemoPerson.ada.zone)
        guard let entry = entries.first(where: { $0.content.title == title }), let event = stored() else {
            throw CalendarError(.notFound, "The demo found no event to edit.")
        }
        try await ada.update(entry.record, invitations: .silent) { $0.title = title + " and Mary" }
        world.google.change(event.id, of: DemoPerson.ada.address) { $0.title = title + " at the Savoy" }
        try await ada.sync(id).finish()
        var summary = DemoSummary.Conflict(afterSync: stored()?.title)

        guard let conflict = try await ada.conflicts(of: id).first else {
            throw CalendarError(.notFound, "The demo found no conflict.")
        }
        for line in conflict.explanation.split(separator: "\n") { narrator.say(String(line)) }
        try await ada.resolve(conflict.id, of: id, keeping: .local)
        try await ada.sync(id).finish()
        summary.afterAnswer = stored()?.title
        narrator.say("Ada prefers the host's: the service now says “\(summary.afterAnswer ?? "")”")
        return summary
    }
}
