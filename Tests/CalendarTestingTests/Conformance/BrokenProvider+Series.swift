import CalendarCore
import Foundation

extension BrokenProvider {
    /// An event as the broken provider reads it.
    func altered(_ event: RemoteEvent) -> RemoteEvent {
        var event = event
        switch (fault, event.role) {
        case (.inclusiveDays, _):
            if case .day(let end) = event.content.end { event.content.end = .day(end.adding(days: -1)) }
        case (.timesInUTC, _):
            for path in [\EventContent.start, \.end] {
                guard case .zoned(let time) = event.content[keyPath: path] else { continue }
                event.content[keyPath: path] = .zoned(ZonedDateTime(time.date, in: .utc))
            }
        case (.losesMarks, _): event.content.hostTags = [:]
        case (.losesParts, _):
            for index in event.content.attendees.indices { event.content.attendees[index].role = .required }
        case (.mastersAreSingle, .master): event.role = .single
        case (.keyIsNewStart, .exception(let key)):
            event.role = .exception(OccurrenceKey(series: key.series, originalStart: event.content.start))
        default: break
        }
        return event
    }

    func instances(
        of series: RemoteEventID,
        in calendar: CalendarID,
        during window: SyncWindow,
        session: ProviderSession
    ) async throws -> [RemoteEvent] {
        if fault == .emptySeries, (try? await next.event(series, in: calendar, session: session)) == nil { return [] }
        var found = try await next.instances(of: series, in: calendar, during: window, session: session)
        switch fault {
        case .descendingOccurrences: found.reverse()
        case .occurrencesByElapsedTime:
            guard let first = found.first?.content.start.date(floatingIn: .utc) else { return found }
            for index in found.indices {
                let start = ZonedDateTime(first.addingTimeInterval(Double(index) * 7 * 86_400), in: .utc)
                found[index].content.start = .zoned(ZonedDateTime(start.date, in: EventZone("Europe/Berlin")))
            }
        case .occurrencesThatStartInside:
            found.removeAll { $0.content.start.date(floatingIn: .utc) < window.start }
        default: break
        }
        return found
    }

    func occurrence(_ key: OccurrenceKey, in calendar: CalendarID, session: ProviderSession) async throws
        -> RemoteEvent
    {
        do {
            return altered(try await next.occurrence(key, in: calendar, session: session))
        } catch let error as CalendarError where fault == .occurrenceAnywhere && error.code == .notFound {
            return try await next.event(key.series, in: calendar, session: session)
        }
    }

    func respond(_ response: InvitationResponse, in calendar: CalendarID, session: ProviderSession) async throws
        -> RemoteEvent
    {
        let silent = try InvitationResponse(
            to: response.event,
            etag: fault == .ignoresEtags ? nil : response.etag,
            response.answer,
            invitations: fault == .mailAlways ? .notifyGuests : response.invitations
        )
        do {
            let answered = try await next.respond(silent, in: calendar, session: session)
            guard fault == .answersForOthers else { return answered }
            var content = answered.content
            for index in content.attendees.indices { content.attendees[index].response = response.answer }
            let update = EventUpdate(
                id: answered.id,
                etag: nil,
                base: answered.content,
                content: content,
                invitations: .silent
            )
            return try await next.update(update, in: calendar, session: session)
        } catch let error as CalendarError where fault == .answersUninvited && error.code == .rejected {
            return try await next.event(response.event, in: calendar, session: session)
        }
    }

    func move(_ move: EventMove, from calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent {
        if fault == .copiesInstead {
            let content = try await next.event(move.event, in: calendar, session: session).content
            let copy = EventCreation(key: OperationID("copy"), content: content, invitations: .silent)
            return try await next.create(copy, in: move.destination, session: session)
        }
        let etag = fault == .ignoresEtags ? nil : move.etag
        let move = EventMove(move.event, etag: etag, to: move.destination, invitations: move.invitations)
        return try await next.move(move, from: calendar, session: session)
    }

    func openChannel(_ opening: ChannelOpening, session: ProviderSession) async throws -> NotificationChannel {
        guard fault == .otherSecret else { return try await next.openChannel(opening, session: session) }
        let other = try ChannelOpening(
            id: opening.id,
            calendar: opening.calendar,
            address: opening.address,
            secret: Secret("chosen-by-the-service")
        )
        return try await next.openChannel(other, session: session)
    }

    func renewChannel(
        _ channel: NotificationChannel,
        as opening: ChannelOpening,
        session: ProviderSession
    ) async throws -> NotificationChannel {
        guard fault == .renewsNothing else {
            return try await next.renewChannel(channel, as: opening, session: session)
        }
        try await next.closeChannel(channel, session: session)
        return channel
    }

    func closeChannel(_ channel: NotificationChannel, session: ProviderSession) async throws {
        if fault != .leavesChannelsOpen { try await next.closeChannel(channel, session: session) }
    }

    func webhookContents(of request: WebhookRequest) throws -> WebhookContents {
        guard case .notifications(let found) = try contents(of: request) else { return .notifications([]) }
        guard fault == .dropsSecret else { return .notifications(found) }
        return .notifications(
            found.map { ChannelNotification(channel: $0.channel, resource: $0.resource, secret: nil, kind: $0.kind) }
        )
    }

    private func contents(of request: WebhookRequest) throws -> WebhookContents {
        do {
            return try next.webhookContents(of: request)
        } catch let error as CalendarError where fault == .readsAnything && error.code == .invalidArgument {
            return .notifications([])
        }
    }
}
