import Foundation

/// Plans meetings and carries plans out: the intent is journalled first, the event created exactly once.
struct MeetingScheduler: Sendable {
    let engine: SyncEngine
    let busyTimes: BusyTimeReader

    /// What holding a meeting will do; reads nothing but what it is given.
    func plan(
        _ meeting: Meeting,
        organizer: Connection,
        calendar: RemoteCalendar,
        provider: any CalendarProvider
    ) throws -> MeetingPlan {
        guard meeting.title.contains(where: { !$0.isWhitespace }) else {
            throw CalendarError.invalidArgument("title", "A meeting needs a title.")
        }
        guard meeting.start < meeting.end else {
            throw CalendarError.invalidArgument("end", "The end must lie after the start.")
        }
        guard calendar.access >= .write else {
            throw CalendarError(
                .forbidden,
                "The calendar chosen for new events cannot be written to.",
                provider: provider.descriptor.id,
                identifier: calendar.id.rawValue
            )
        }
        let zone = meeting.zone ?? calendar.zone ?? .utc
        var content = EventContent(
            title: meeting.title,
            start: .zoned(ZonedDateTime(meeting.start, in: zone)),
            end: .zoned(ZonedDateTime(meeting.end, in: zone))
        )
        content.body = meeting.body
        content.location = meeting.location
        content.attendees = try meeting.guests.distinct(besides: organizer.account.address).map { Attendee($0) }
        return MeetingPlan(
            operation: OperationID(engine.identifiers.next()),
            record: RecordID(engine.identifiers.next()),
            calendar: CalendarKey(
                tenant: organizer.key.tenant,
                connection: organizer.key.connection,
                calendar: calendar.id
            ),
            provider: provider.descriptor.id,
            content: content,
            activity: meeting.activity,
            invitations: content.attendees.map(\.person),
            losses: provider.losses(writing: content),
            unknownPolicy: meeting.unknownPolicy
        )
    }

    /// Checks once more that everybody is free, journals the intent, sends it, and answers what the service has.
    func carryOut(
        _ plan: MeetingPlan,
        organizer: Connection,
        principal: Principal,
        provider: any CalendarProvider,
        session: ProviderSession
    ) async throws -> ScheduledMeeting {
        let repository = engine.repository
        if try await repository.record(plan.record, tenant: plan.calendar.tenant) == nil {
            try await requireFree(plan, principal: principal)
            let commit = LocalEdits(now: engine.clock.now).create(
                plan.content,
                in: plan.calendar,
                record: plan.record,
                operation: plan.operation,
                activity: plan.activity,
                invitations: plan.invitations.isEmpty ? .silent : .notifyGuests
            )
            try await repository.commit(commit)
        }
        _ = try await engine.push(plan.calendar, provider: provider, session: session)
        let link = try await repository.links(of: plan.record, tenant: plan.calendar.tenant)
            .first { $0.calendar == plan.calendar }
        return ScheduledMeeting(
            record: plan.record,
            calendar: plan.calendar,
            event: link?.event,
            invited: link == nil ? [] : plan.invitations
        )
    }

    /// The same rules that offered the time decide once more, on what the services say now (requirement R-37).
    private func requireFree(_ plan: MeetingPlan, principal: Principal) async throws {
        let start = plan.content.start.date(floatingIn: .utc)
        let end = plan.content.end.date(floatingIn: .utc)
        let request = try await busyTimes.request(
            lasting: Int(end.timeIntervalSince(start).rounded(.up)),
            from: start,
            to: end,
            with: plan.invitations,
            for: principal,
            options: SlotOptions(zone: plan.content.start.zone ?? .utc, unknownPolicy: plan.unknownPolicy)
        )
        let check = try SlotFinder.check(start: start, end: end, request: request, now: engine.clock.now)
        guard !check.rejections.contains(where: \.isUnknown) else {
            throw CalendarError(
                .busyUnknown,
                "A calendar needed for the meeting could not be read; its unknownPolicy decides whether that matters.",
                field: "unknownPolicy"
            )
        }
        _ = try check.requireAvailable()
    }
}

extension SlotRejection {
    fileprivate var isUnknown: Bool {
        if case .unknown = self { return true }
        return false
    }
}
