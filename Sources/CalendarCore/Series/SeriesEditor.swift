/// Carries the plan of an edit of a series out at a service.
///
/// Each step looks at what is there and does only what is missing, so a plan may be carried out again from its start
/// after a failure at any step: nothing happens twice. Whoever needs that across a crash stores the plan first, as the
/// sync engine does in its outbox.
public struct SeriesEditor: Sendable {
    private let provider: any CalendarProvider
    private let session: ProviderSession
    private let calendar: CalendarID

    /// Creates an editor for one calendar of a connection.
    public init(provider: any CalendarProvider, session: ProviderSession, calendar: CalendarID) {
        self.provider = provider
        self.session = session
        self.calendar = calendar
    }

    /// What is there after a plan was carried out.
    public struct Outcome: Hashable, Sendable {
        /// The old series, when a step changed it.
        public internal(set) var series: RemoteEvent?
        /// The series of the following occurrences, when the plan has one.
        public internal(set) var following: RemoteEvent?
        /// The single occurrence, when the edit concerned one.
        public internal(set) var occurrence: RemoteEvent?
        /// The occurrences that were given what they differed in, after their series was made or moved.
        public internal(set) var restored: [RemoteEvent] = []
    }

    /// Does what is left to do of a plan.
    ///
    /// - Throws: `CalendarError.conflict` when somebody else changed the same fields since the plan was made, `notFound`
    ///   when the series is gone, `duplicate` when the new series was made and deleted since, and what the service says.
    public func carryOut(_ plan: SeriesPlan) async throws -> Outcome {
        var outcome = Outcome()
        for step in plan.steps { try await carryOut(step.action, of: plan, &outcome) }
        return outcome
    }

    private func carryOut(_ action: SeriesStep.Action, of plan: SeriesPlan, _ outcome: inout Outcome) async throws {
        switch action {
        case .createFollowing(let content):
            outcome.following = try await following(content, plan)
        case .changeSeries(let from, let to):
            let event = try await provider.event(plan.series, in: calendar, session: session)
            outcome.series = try await change(event, from: from, to: to, plan, isRestoring: false)
        case .deleteSeries:
            let deletion = EventDeletion(id: plan.series, etag: nil, invitations: plan.invitations)
            try await provider.delete(deletion, in: calendar, session: session)
        case .changeOccurrence(let start, let from, let to):
            let event = try await occurrence(start, of: plan.series)
            outcome.occurrence = try await change(event, from: from, to: to, plan, isRestoring: false)
        case .restoreOccurrence(let start, let part, let from, let to):
            let event = try await occurrence(start, of: series(part, plan, outcome))
            outcome.restored.append(try await change(event, from: from, to: to, plan, isRestoring: true))
        case .cancelOccurrence(let start, let part):
            try await cancel(start, of: series(part, plan, outcome), plan)
        }
    }

    /// The series made under the plan's key, made now unless an earlier attempt did.
    private func following(_ content: EventContent, _ plan: SeriesPlan) async throws -> RemoteEvent {
        if let earlier = try await provider.createdEvent(for: plan.key, in: calendar, session: session) {
            return earlier
        }
        let creation = EventCreation(key: plan.key, content: content, invitations: plan.invitations)
        return try await provider.create(creation, in: calendar, session: session)
    }

    /// Changes the fields that are not yet as they shall be.
    ///
    /// - Parameters:
    ///   - event: The event as it is.
    ///   - from: What it said when the plan was made.
    ///   - to: What it shall say.
    ///   - plan: The plan.
    ///   - isRestoring: Whether the event was made by this plan, so that nobody else's change can be lost.
    /// - Returns: The event afterwards.
    /// - Throws: `CalendarError.conflict` when a field is neither as it was nor as it shall be.
    private func change(
        _ event: RemoteEvent,
        from: EventContent,
        to: EventContent,
        _ plan: SeriesPlan,
        isRestoring: Bool
    ) async throws -> RemoteEvent {
        let (base, wanted) = (provider.canonical(from), provider.canonical(to))
        let current = provider.canonical(event.content)
        let missing = wanted.changedFields(from: base).intersection(wanted.changedFields(from: current))
        guard !missing.isEmpty else { return event }
        guard isRestoring || missing.isDisjoint(with: base.changedFields(from: current)) else {
            throw CalendarError(
                .conflict,
                "The event was changed since the edit was planned.",
                field: missing.min()?.rawValue,
                identifier: event.id.rawValue
            )
        }
        var content = event.content
        for field in missing.sorted() { content.take(field, from: to) }
        let update = EventUpdate(
            id: event.id,
            etag: event.etag,
            base: event.content,
            content: content,
            invitations: plan.invitations
        )
        return try await provider.update(update, in: calendar, session: session)
    }

    private func cancel(_ start: EventTime, of series: RemoteEventID, _ plan: SeriesPlan) async throws {
        do {
            let event = try await occurrence(start, of: series)
            let deletion = EventDeletion(id: event.id, etag: event.etag, invitations: plan.invitations)
            try await provider.delete(deletion, in: calendar, session: session)
        } catch let error as CalendarError where error.code == .notFound {
            return
        }
    }

    private func occurrence(_ start: EventTime, of series: RemoteEventID) async throws -> RemoteEvent {
        let key = OccurrenceKey(series: series, originalStart: start)
        return try await provider.occurrence(key, in: calendar, session: session)
    }

    private func series(_ part: SeriesStep.Part, _ plan: SeriesPlan, _ outcome: Outcome) throws -> RemoteEventID {
        guard part == .following else { return plan.series }
        guard let following = outcome.following else {
            throw CalendarError.invalidArgument("steps", "The plan names a series that it does not create.")
        }
        return following.id
    }
}
