import CalendarCore
import CalendarTesting
import Foundation

/// The account as a host of the SDK has it: mirrored, and shown in an agenda.
extension GraphHarness {
    static let berlin = EventZone("Europe/Berlin")

    var host: ActingCalendars { service.acting(as: principal) }

    @discardableResult
    func sync() async throws -> SyncReport {
        try await host.sync(connection.key.connection).finish()
    }

    func issues() async throws -> [SyncIssue] {
        try await host.issues(of: connection.key.connection)
    }

    /// What takes place in 2026, as the day and the title.
    func titles(in zone: EventZone = berlin) async throws -> [String] {
        try await agenda(in: zone).map { "\($0.content.start.civilDate) \($0.content.title ?? "")" }
    }

    func agenda(in zone: EventZone = berlin) async throws -> [AgendaEntry] {
        guard let start = Date(rfc3339: "2025-12-15T00:00:00Z"), let end = Date(rfc3339: "2027-01-01T00:00:00Z") else {
            return []
        }
        return try await host.agenda(from: start, to: end, in: zone)
    }

    /// Lets Ada make an event in Outlook.
    @discardableResult
    func add(_ content: EventContent) -> RemoteEventID {
        simulator.add(content, to: Self.ada)
    }

    /// Requests that end with a name.
    func requests(to name: String) -> [SimulatedRequest] {
        simulator.requests.filter { $0.path.hasSuffix(name) }
    }
}
