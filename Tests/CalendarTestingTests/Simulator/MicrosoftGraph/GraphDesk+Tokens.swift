import CalendarCore
import CalendarTesting
import Foundation
import Testing

extension GraphDesk {
    /// The same service with tokens of some scopes, by which a calendar of somebody else can be opened, too.
    init(
        _ graph: MicrosoftGraphSimulator,
        _ clock: ManualClock = ManualClock(),
        as address: String = GraphDesk.nora,
        scopes: [String] = [
            "User.Read", "Calendars.ReadWrite", "Calendars.ReadWrite.Shared", "MailboxSettings.ReadWrite",
        ]
    ) throws {
        self.graph = graph
        self.clock = clock
        token = try graph.issueTokens(for: address, scopes: scopes).accessToken.reveal()
    }

    /// A service with the two accounts, and tokens of some scopes for one of them.
    static func open(
        as address: String = GraphDesk.nora,
        scopes: [String] = [
            "User.Read", "Calendars.ReadWrite", "Calendars.ReadWrite.Shared", "MailboxSettings.ReadWrite",
        ]
    ) throws -> GraphDesk {
        let clock = ManualClock()
        return try GraphDesk(service(clock), clock, as: address, scopes: scopes)
    }

    /// The path of a calendar.
    static func calendar(_ id: String) -> String { "/me/calendars/" + PercentEncoding.encode(id) }
}
