package import CalendarCore
import Foundation

/// A host that works on stored data until its process ends, syncing and editing at the same time.
///
/// The process may be killed at any moment. What its user does is told before and after, for ``HostTrial`` to judge.
package struct LivingHost: Sendable {
    private let service: CalendarService
    private let storage: CalendarStorage
    private let name: String
    private let random: SeededRandom
    private let tell: @Sendable (HostDeed) async throws -> Void

    /// Makes a host.
    ///
    /// - Parameters:
    ///   - service: The service to act with.
    ///   - storage: The service's storage.
    ///   - name: Distinguishes the host from others that edit beside it; each edits the events that it made.
    ///   - life: Counts the processes of a trial; all that the host draws comes from it.
    ///   - tell: Tells what the user does; the user goes on once it returned.
    package init(
        _ service: CalendarService,
        _ storage: CalendarStorage,
        name: String,
        life: Int,
        tell: @escaping @Sendable (HostDeed) async throws -> Void
    ) {
        self.service = service
        self.storage = storage
        self.name = "\(name)-\(life)"
        self.tell = tell
        random = SeededRandom(seed: UInt64(life) &* 7919)
    }

    /// Syncs and edits.
    ///
    /// - Parameter goesOn: Asked before every turn.
    /// - Throws: What no user should see: that the storage failed. What can happen to a user who edits while others do,
    ///   such as an event that is gone meanwhile, is passed over.
    package func live(while goesOn: @Sendable () -> Bool) async throws {
        let connections = try await storage.connections.connections(of: SimulatedWorld.tenant)
        guard !connections.isEmpty else { throw CalendarError(.notFound, "The file holds no connection.") }
        var turn = 0
        while goesOn() {
            turn += 1
            let connection = connections[draw(connections.count)]
            let syncs = draw(3) > 0
            async let sync: Void = syncs ? sync(connection) : ()
            try await act(turn, connection)
            try await sync
        }
    }

    private func sync(_ connection: Connection) async throws {
        try await passingOver {
            try await service.acting(as: SimulatedWorld.principal).sync(connection.key.connection).finish()
        }
    }

    private func act(_ turn: Int, _ connection: Connection) async throws {
        let choice = draw(6)
        if choice < 2 { return try await create(turn, connection) }
        let own = try await storage.events.records(
            RecordQuery(tenant: SimulatedWorld.tenant, start: .distantPast, end: .distantFuture)
        ).filter { record in
            if case .exception = record.role { return false }
            return isOwn(SimulationLedger.marker(in: record.content.title) ?? "")
        }
        guard !own.isEmpty else { return }
        let record = own[draw(own.count)]
        guard let marker = SimulationLedger.marker(in: record.content.title),
            let home = try await home(of: record, marker)
        else { return }
        if choice == 2 {
            try await delete(record, marker, home)
        } else {
            try await edit(record, marker, home, turn)
        }
    }

    private func create(_ turn: Int, _ connection: Connection) async throws {
        let (marker, service) = ("\(connection.provider.rawValue)-\(name)-\(turn)", connection.provider)
        let variant = draw(1000)
        let guests = HostDeed.guests(ofVariant: variant)
        let isLoud = guests > 0 && (service == "microsoft" || draw(2) == 0)
        let deed = HostDeed(
            kind: .create,
            marker: marker,
            service: service.rawValue,
            variant: variant,
            told: isLoud ? guests : 0
        )
        guard let shape = Self.shape(of: deed) else { return }
        try await carryOut(deed) { host in
            try await host.create(
                shape.content,
                in: connection.key.connection,
                invitations: isLoud ? .notifyGuests : .silent
            )
        }
    }

    private func delete(_ record: EventRecord, _ marker: String, _ home: ProviderID) async throws {
        let isLoud = !record.content.attendees.isEmpty
        let told = isLoud ? SimulatedShape.guests.count : 0
        try await carryOut(.init(kind: .delete, marker: marker, service: home.rawValue, told: told)) { host in
            try await host.delete(record.id, invitations: isLoud ? .notifyGuests : .silent)
        }
    }

    private func edit(_ record: EventRecord, _ marker: String, _ home: ProviderID, _ turn: Int) async throws {
        guard let start = CivilDateTime("2026-03-20T09:00:00") else { return }
        let entry = SimulationLedger.Entry(
            home: .main(of: home),
            isSeries: record.content.recurrence != nil,
            start: start,
            existence: .certain
        )
        // Unlike any number of an edit in a service's app.
        let number = 1_000_000 + draw(1_000_000_000)
        let edit = SimulatedShape.edit(marker, number: number, variant: draw(1000), of: entry)
        let isLoud = !record.content.attendees.isEmpty
        var deed = HostDeed(kind: .edit, marker: marker, service: home.rawValue)
        deed.told = isLoud ? SimulatedShape.audience(of: edit, on: record.content) : 0
        (deed.field, deed.value) = (edit.field, edit.value)
        try await carryOut(deed) { host in
            try await host.update(record.id, invitations: isLoud ? .notifyGuests : .silent) { edit.change(&$0) }
        }
    }

    /// Tells of a deed before and after it; one that was refused stays one that perhaps happened.
    private func carryOut<Value>(_ deed: HostDeed, _ work: (ActingCalendars) async throws -> Value) async throws {
        try await tell(deed)
        let isDone = try await passingOver { _ = try await work(service.acting(as: SimulatedWorld.principal)) }
        guard isDone else { return }
        var done = deed
        done.isDone = true
        try await tell(done)
    }

    /// Whether work went well; what its user has to live with is passed over.
    @discardableResult
    private func passingOver(_ work: () async throws -> Void) async throws -> Bool {
        do {
            try await work()
            return true
        } catch let error as CalendarError where error.code != .storage {
            return false
        }
    }

    /// The service that an event was made for or came from; nil where it has just gone.
    private func home(of record: EventRecord, _ marker: String) async throws -> ProviderID? {
        if let name = marker.split(separator: "-").first, marker.contains("-") { return ProviderID(String(name)) }
        let links = try await storage.events.links(of: record.id, tenant: SimulatedWorld.tenant)
        guard let link = links.first(where: { !$0.isCopy }) else { return nil }
        let key = ConnectionKey(tenant: SimulatedWorld.tenant, connection: link.calendar.connection)
        return try await storage.connections.connection(key)?.provider
    }

    /// Whether no other host edits the event: those that people made belong to the first host.
    private func isOwn(_ marker: String) -> Bool {
        let parts = marker.split(separator: "-")
        guard parts.count > 1 else { return name.hasPrefix("first-") }
        return parts[1] == name.split(separator: "-")[0]
    }

    /// The event that a deed makes.
    static func shape(of deed: HostDeed) -> SimulatedShape.New? {
        let guests = SimulatedShape.guests.prefix(HostDeed.guests(ofVariant: deed.variant))
        return SimulatedShape.event(deed.marker, variant: deed.variant, guests: Array(guests))
    }

    private func draw(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
}
