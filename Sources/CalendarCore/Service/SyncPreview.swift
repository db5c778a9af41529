/// What the next sync of a connection would do, in both directions, before anything is done (requirement F-09).
public struct SyncPreview: Hashable, Sendable, CustomStringConvertible {
    /// What would change in the host, with the reason of each change.
    public let incoming: [RecordChange]
    /// What would be written to the services; what the incoming changes cause in other calendars is part of it.
    public let outgoing: SyncPlan

    /// Creates a preview.
    public init(incoming: [RecordChange], outgoing: SyncPlan) {
        self.incoming = incoming
        self.outgoing = outgoing
    }

    /// A line about each direction, then a line per change and write, without titles or addresses.
    public var description: String {
        func count(_ kind: RecordChange.Kind) -> Int { incoming.count { $0.kind == kind } }
        let summary = "brings \(count(.created)), changes \(count(.updated)), removes \(count(.removed)) in the host"
        let lines = incoming.map { change in
            let fields = change.fields.map(\.rawValue).joined(separator: ", ")
            return "- \(change.kind.rawValue)\(fields.isEmpty ? "" : " of \(fields)") (\(change.reason.rawValue))"
        }
        return ([summary] + lines + ["\(outgoing)"]).joined(separator: "\n")
    }
}

extension ActingCalendars {
    /// What the next sync of a connection would bring and write; nothing is stored or sent.
    ///
    /// Reads the changes from the services as a sync does, at the same cost in requests, and forgets them again.
    ///
    /// - Parameter connection: The connection.
    /// - Returns: The changes and writes; it holds for the moment at which it was made.
    /// - Throws: `notFound` for an unknown connection, `permissionDenied` without the right to it, what reading throws.
    public func preview(of connection: ConnectionID) async throws -> SyncPreview {
        let connection = try await self.connection(connection, for: .connect)
        let (provider, session) = try service.open(connection)
        let plan = try await syncPlan(of: connection.key.connection)
        var incoming: [RecordChange] = []
        var caused: [SyncPlan.Step] = []
        for calendar in connection.selection.read ?? [] {
            let key = CalendarKey(tenant: principal.tenant, connection: connection.key.connection, calendar: calendar)
            let found = try await service.engine.preview(key, provider: provider, session: session)
            incoming += found.changes
            for operation in found.operations where operation.revision == 0 {
                let place = operation.calendar.connectionKey
                guard let other = try await service.storage.connections.connection(place) else { continue }
                caused += try await steps(of: [operation], in: operation.calendar, other)
            }
        }
        return SyncPreview(incoming: incoming, outgoing: SyncPlan(steps: plan.steps + caused))
    }
}
