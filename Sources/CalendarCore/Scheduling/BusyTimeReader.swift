import Foundation

/// Reads when people are busy: from their services, and from what is stored of their calendars.
///
/// A calendar that cannot be read makes its person's time unknown, never free (requirement R-37).
struct BusyTimeReader: Sendable {
    let repository: any EventRepository
    let connections: any ConnectionRepository
    let open: @Sendable (Connection) throws -> (any CalendarProvider, ProviderSession)

    /// When one person is busy.
    struct PersonTime: Sendable {
        /// Who; nil is the principal.
        var person: EventPerson?
        /// When.
        var busy: BusyTime
        /// The zone of their main calendar, as far as known.
        var isPrincipal: Bool { person == nil }
    }

    /// The time of the principal, then of each guest in order.
    func busyTimes(
        of guests: [EventPerson],
        for principal: Principal,
        from start: Date,
        to end: Date
    ) async throws -> [PersonTime] {
        let all = try await connections.connections(of: principal.tenant)
        let own = all.filter { $0.owner == .user(principal.user) && $0.isUsable }
        var times = [PersonTime(person: nil, busy: try await time(of: own, from: start, to: end))]
        for guest in guests {
            let theirs = all.filter {
                $0.isUsable && EventPerson($0.account.address).isSamePerson(as: guest)
            }
            let busy: BusyTime
            if theirs.isEmpty {
                busy = try await ask(for: guest, through: own.first, from: start, to: end)
            } else {
                busy = try await time(of: theirs, from: start, to: end)
            }
            times.append(PersonTime(person: guest, busy: busy))
        }
        return times
    }

    /// The union over a person's connections; unknown as soon as one cannot be read.
    private func time(of connections: [Connection], from start: Date, to end: Date) async throws -> BusyTime {
        guard !connections.isEmpty else { return .unknown(reason: "noConnection") }
        var intervals: [BusyInterval] = []
        for connection in connections {
            let (provider, session) = try open(connection)
            let byCalendar = provider.descriptor.can(.freeBusyByCalendar)
            let calendars = connection.selection.read ?? []
            let subjects = byCalendar && !calendars.isEmpty ? calendars.map(\.rawValue) : [connection.account.address]
            let query = try FreeBusyQuery(subjects: subjects, start: start, end: end)
            for (_, answer) in try await answers(query, provider, session).sorted(by: { $0.key < $1.key }) {
                guard case .known(let busy) = answer else { return answer }
                intervals += busy
            }
            intervals += try await storedIntervals(of: connection, from: start, to: end)
        }
        return .known(intervals.sorted())
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
        from start: Date,
        to end: Date
    ) async throws -> [BusyInterval] {
        let calendars = (connection.selection.read ?? []) + [connection.selection.write].compactMap(\.self)
        let keys = calendars.map {
            CalendarKey(tenant: connection.key.tenant, connection: connection.key.connection, calendar: $0)
        }
        guard !keys.isEmpty else { return [] }
        let query = try RecordQuery(tenant: connection.key.tenant, calendars: Set(keys), start: start, end: end)
        let records = try await repository.records(query)
        return Agenda.entries(of: records, from: start, to: end, in: .utc)
            .filter { $0.content.availability.blocksTime && !isDeclined($0, by: connection) }
            .map { BusyInterval(start: $0.start, end: $0.end, availability: $0.content.availability) }
    }

    private func isDeclined(_ entry: AgendaEntry, by connection: Connection) -> Bool {
        entry.content.attendees.contains { attendee in
            attendee.response == .declined
                && (attendee.isSelf || EventPerson(connection.account.address).isSamePerson(as: attendee.person))
        }
    }
}
