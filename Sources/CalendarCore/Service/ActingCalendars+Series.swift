import Foundation

/// Edits of series: always about one occurrence, with the reach said aloud (requirement R-31).
extension ActingCalendars {
    /// Changes an occurrence, it and the following ones, or its whole series, and journals the intent to tell the service.
    ///
    /// The host sees the edit at once. The next ``sync(_:)`` carries it out, step by step and each step once, whatever is
    /// lost on the way; occurrences that differed or were cancelled before stay so where the new times have a place for
    /// them. The series keeps its id and its guests' answers: nothing is deleted and made anew.
    ///
    /// - Parameters:
    ///   - occurrence: The occurrence that was edited, as in ``AgendaEntry/occurrence``.
    ///   - scope: How far the edit reaches.
    ///   - invitations: Whether guests are told.
    ///   - change: The change to what this occurrence says; beyond it alone, the content has the rule of the series.
    /// - Throws: `notFound` when there is no such occurrence, `permissionDenied`, `invalidArgument` or `rejected` naming
    ///   the field, `unsupported` when the series cannot be divided or moved that way, or `revisionConflict` when it
    ///   changed meanwhile; nothing is stored then.
    public func update(
        _ occurrence: OccurrenceReference,
        scope: SeriesScope,
        invitations: InvitationPolicy,
        _ change: (inout EventContent) -> Void
    ) async throws {
        try await carryOut(occurrence, scope, invitations) { stored in
            let from = try stored.content(at: occurrence.originalStart, for: scope)
            var to = from
            change(&to)
            try from.requireWritable(to: to, of: occurrence.series)
            return .update(from: from, to: to)
        }
    }

    /// Deletes an occurrence, it and the following ones, or its whole series, and journals the intent to tell the service.
    ///
    /// - Parameters:
    ///   - occurrence: The occurrence, as in ``AgendaEntry/occurrence``.
    ///   - scope: How far the deletion reaches.
    ///   - invitations: Whether guests are told.
    /// - Throws: As ``update(_:scope:invitations:_:)``.
    public func delete(
        _ occurrence: OccurrenceReference,
        scope: SeriesScope,
        invitations: InvitationPolicy
    ) async throws {
        try await carryOut(occurrence, scope, invitations) { _ in .delete }
    }

    private func carryOut(
        _ occurrence: OccurrenceReference,
        _ scope: SeriesScope,
        _ invitations: InvitationPolicy,
        _ change: (StoredSeries) throws -> SeriesEdit.Change
    ) async throws {
        let identifiers = service.engine.identifiers
        try await service.storage.events.commit(deciding: {
            let stored = try await editable(occurrence.series)
            guard stored.record.role == .series else {
                throw CalendarError.invalidArgument("occurrence", "The record of the occurrence's series is no series.")
            }
            guard let series = try await storedSeries(of: stored) else {
                throw CalendarError(
                    .notFound,
                    "The event is in no calendar.",
                    identifier: occurrence.series.rawValue
                )
            }
            let edit = OccurrenceEdit(
                at: occurrence.originalStart,
                scope: scope,
                try change(series),
                invitations: invitations
            )
            var commit = try LocalEdits(now: service.clock.now).carryOut(
                edit,
                of: series,
                operation: OperationID(identifiers.next()),
                newRecordID: { RecordID(identifiers.next()) }
            )
            if commit.removedRecords[stored.record.id] == nil {
                tellCopies(of: stored, &commit)
                try await forgetCopies(of: stored, &commit)
            } else {
                try await withdrawCopies(of: stored, &commit)
            }
            return commit
        })
    }

    /// A series with all that is stored of it where it is written; nil where no calendar is to have it.
    func storedSeries(of stored: StoredEvent) async throws -> StoredSeries? {
        let place = stored.places.first { !$0.isCopy }
        guard let calendar = stored.meeting?.calendar ?? place?.calendar else { return nil }
        return try await storedSeries(stored.record.id, in: calendar)
    }

    /// All that is stored of a series in a calendar; nil when it is gone.
    func storedSeries(_ id: RecordID, in calendar: CalendarKey) async throws -> StoredSeries? {
        let events = service.storage.events
        let links = try await events.links(of: id, tenant: principal.tenant).filter { $0.calendar == calendar }
        let snapshot = try await events.snapshot(
            SnapshotRequest(calendar: calendar, events: Set(links.map(\.event)), records: [id])
        )
        guard let record = snapshot.records[id] else { return nil }
        return StoredSeries(record, in: calendar, snapshot, operations: try await events.operations(in: calendar))
    }

    /// The occurrence that a record stands for; nil for single events, series and unknown records.
    func occurrence(of record: RecordID) async throws -> OccurrenceReference? {
        guard let stored = try await service.storage.events.record(record, tenant: principal.tenant),
            case .exception(let series, let originalStart) = stored.role
        else { return nil }
        return OccurrenceReference(series: series, originalStart: originalStart)
    }
}

extension CalendarError {
    /// A field that the service does not let be written.
    static func kept(_ field: EventField, of record: RecordID) -> CalendarError {
        CalendarError(
            .rejected,
            "The service keeps this field of the event, which is locked, of a special kind or shown without details.",
            field: field.rawValue,
            identifier: record.rawValue
        )
    }

    /// A change of a series that does not say from which occurrence on it holds.
    static let occurrenceIsMissing = CalendarError.invalidArgument(
        "occurrence",
        "When a series takes place is changed through one of its occurrences, which says how far the change reaches."
    )
}
