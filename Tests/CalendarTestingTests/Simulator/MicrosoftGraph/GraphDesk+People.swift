import CalendarCore
import CalendarTesting
import Foundation
import Testing

extension GraphDesk {
    /// The same service, signed in to as somebody else.
    init(_ desk: GraphDesk, as address: String) async throws {
        graph = desk.graph
        clock = desk.clock
        let page = try Self.authorizeURL(graph, scope: "openid offline_access User.Read Calendars.ReadWrite")
        let callback = try graph.consent(to: page, as: address)
        let grant = try await Self.redeem(graph, code: try Self.code(callback))
        token = try #require(grant.json["access_token"]?.string)
    }

    /// The default ids of the events in the default calendar.
    func ids() async throws -> [String] {
        try await call(.get, "/me/events?$top=100").values.compactMap { $0["id"]?.string }
    }

    /// The only guest's status in an event.
    func status(_ id: String) async throws -> JSONNode {
        try await call(.get, path(id)).json["attendees"]?.elements.first ?? .null
    }
}
