import Foundation

/// Reads when people are busy: from their services, and from what is stored of their calendars.
///
/// A calendar that cannot be read makes its person's time unknown, never free (requirement R-37).
struct BusyTimeReader: Sendable {
    let repository: any EventRepository
    let connections: any ConnectionRepository
    let open: @Sendable (Connection) throws -> (any CalendarProvider, ProviderSession)

    /// A slot request for the principal, who comes first, and the guests in their order, with their time filled in.
    ///
    /// The rules are checked before anything is asked.
    func request(
        lasting seconds: Int,
        from start: Date,
        to end: Date,
        with guests: [EventPerson],
        for principal: Principal,
        options: SlotOptions
    ) async throws -> SlotRequest {
        var request = try SlotRequest(
            duration: seconds,
            from: start,
            until: end,
            in: options.zone,
            participants: options.participants(guests: guests)
        )
        options.apply(to: &request)
        try request.validate()
        let window = request.busyWindow
        let all = try await connections.connections(of: principal.tenant)
        let own = all.filter { $0.owner == .user(principal.user) }
        request.participants[0].calendars = try await times(of: own, options, from: window.start, to: window.end)
        for (index, guest) in guests.enumerated() {
            let theirs = all.filter { EventPerson($0.account.address).isSamePerson(as: guest) }
            request.participants[index + 1].calendars =
                theirs.isEmpty
                ? [try await ask(for: guest, through: own.first(where: \.isUsable), from: window.start, to: window.end)]
                : try await times(of: theirs, options, from: window.start, to: window.end)
        }
        return request
    }

    /// What each of a person's connections says; one that cannot be read makes the person's time unknown.
    private func times(
        of connections: [Connection],
        _ options: SlotOptions,
        from start: Date,
        to end: Date
    ) async throws -> [BusyTime] {
        var times: [BusyTime] = []
        for connection in connections {
            guard connection.isUsable else {
                times.append(.unknown(reason: "reconnectRequired"))
                continue
            }
            let (provider, session) = try open(connection)
            let byCalendar = provider.descriptor.can(.freeBusyByCalendar)
            let calendars = connection.selection.read ?? []
            let subjects = byCalendar && !calendars.isEmpty ? calendars.map(\.rawValue) : [connection.account.address]
            let query = try FreeBusyQuery(subjects: subjects, start: start, end: end)
            let answered = try await answers(query, provider, session)
            times += subjects.map { answered[$0] ?? .unknown(reason: "notAnswered") }
            times.append(.known(try await storedIntervals(of: connection, options.zone, from: start, to: end)))
        }
        return times
    }

    /// Asks for somebody who has no connection here through the organizer's service.
    private func ask(
        for guest: EventPerson,
        through connection: Connection?,
        from start: Date,
        to end: Date
    ) async throws -> BusyTime {
        guard let connection else { return .unknown(reason: "noConnection") }
        let (provider, session) = try open(connection)
        let query = try FreeBusyQuery(subjects: [guest.address], start: start, end: end)
        return try await answers(query, provider, session)[guest.address] ?? .unknown(reason: "notAnswered")
    }

    /// The service's answers; a failed call makes every subject unknown, a cancelled one stays cancelled.
    private func answers(
        _ query: FreeBusyQuery,
        _ provider: any CalendarProvider,
        _ session: ProviderSession
    ) async throws -> [String: BusyTime] {
        do {
            return try await provider.freeBusy(query, session: session)
        } catch let error as CalendarError {
            let unknown = BusyTime.unknown(reason: error.code.rawValue)
            return Dictionary(query.subjects.map { ($0, unknown) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// What is stored of the connection's calendars: it knows of meetings that are still to be sent.
    private func storedIntervals(
        of connection: Connection,
        _ zone: EventZone,
        from start: Date,
        to end: Date
    ) async throws -> [BusyInterval] {
        let keys = connection.selection.mirrored.map {
            CalendarKey(tenant: connection.key.tenant, connection: connection.key.connection, calendar: $0)
        }
        guard !keys.isEmpty else { return [] }
        let query = try RecordQuery(tenant: connection.key.tenant, calendars: Set(keys), start: start, end: end)
        let records = try await repository.records(query)
        return Agenda.entries(of: records, from: start, to: end, in: zone)
            .compactMap { BusyInterval($0.content, floatingIn: zone) }
            .sorted()
    }
}
