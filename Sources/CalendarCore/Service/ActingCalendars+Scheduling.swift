public import Foundation

extension ActingCalendars {
    /// Times at which the principal and some guests can meet, with the reason against every other time.
    ///
    /// Busy time is read live from every service involved; somebody whose calendar cannot be read is never taken for
    /// free (requirements M-18, M-19, R-37).
    ///
    /// - Parameters:
    ///   - duration: How long the meeting lasts; any positive duration, in whole seconds.
    ///   - start: The start of the window, inclusive.
    ///   - end: The end of the window, exclusive.
    ///   - guests: Who else has to come.
    ///   - options: Working hours and other rules.
    /// - Returns: The slots, earliest first, and the rejected candidates.
    /// - Throws: `invalidArgument` naming the field, before anything is asked; `permissionDenied`.
    public func slots(
        lasting duration: Duration,
        from start: Date,
        to end: Date,
        with guests: [EventPerson],
        options: SlotOptions = SlotOptions()
    ) async throws -> SlotSearch {
        try service.policy.require(.schedule, for: principal)
        let request = try await service.busyTimes.request(
            lasting: Int(duration.components.seconds),
            from: start,
            to: end,
            with: try guests.distinct(),
            for: principal,
            options: options
        )
        return try SlotFinder.find(request, now: service.clock.now)
    }

    /// What holding a meeting will do, before anything is done.
    ///
    /// - Throws: `invalidArgument` naming the field, `notFound` when there is no usable connection, `forbidden` when the
    ///   chosen calendar cannot be written to, `permissionDenied`.
    public func plan(_ meeting: Meeting) async throws -> MeetingPlan {
        try service.policy.require(.schedule, for: principal)
        let organizer = try await organizer(of: meeting)
        let (provider, session) = try service.open(organizer)
        let calendars = try await provider.calendars(session: session)
        let target = organizer.selection.write
        let chosen = calendars.first { target == nil ? $0.isPrimary : $0.id == target }
        guard let chosen else {
            throw CalendarError(.notFound, "The calendar for new events is gone.", provider: organizer.provider)
        }
        return try service.scheduler.plan(meeting, organizer: organizer, calendar: chosen, provider: provider)
    }

    /// Carries a plan out: checks the time once more, creates the event exactly once, tells who was invited.
    ///
    /// Calling it again with the same plan, also after a crash, finishes the same meeting and makes no second one.
    ///
    /// - Throws: `slotTaken`, `busyUnknown`, `permissionDenied`, or what the service answered; nothing was sent unless
    ///   the error says that the outcome is unknown.
    public func carryOut(_ plan: MeetingPlan) async throws -> ScheduledMeeting {
        try service.policy.require(.schedule, for: principal)
        let organizer = try await connection(plan.calendar.connection, for: .schedule)
        let (provider, session) = try service.open(organizer)
        return try await service.scheduler.carryOut(
            plan,
            organizer: organizer,
            principal: principal,
            provider: provider,
            session: session
        )
    }

    private func organizer(of meeting: Meeting) async throws -> Connection {
        if let id = meeting.connection { return try await connection(id, for: .schedule) }
        let own = try await service.storage.connections.connections(of: principal.tenant)
            .filter { service.policy.allows(.schedule, for: principal, connection: $0) && $0.isUsable }
        guard let first = own.first(where: { $0.owner == .user(principal.user) }) ?? own.first else {
            throw CalendarError(.notFound, "There is no connection that could organize the meeting.")
        }
        return first
    }
}

extension CalendarService {
    var busyTimes: BusyTimeReader {
        BusyTimeReader(repository: storage.events, connections: storage.connections, open: { try open($0) })
    }

    var scheduler: MeetingScheduler {
        MeetingScheduler(engine: engine, busyTimes: busyTimes)
    }
}
