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
        let stored = try await editableSeries(occurrence.series)
        let from = try stored.content(at: occurrence.originalStart, for: scope)
        var to = from
        change(&to)
        if let field = from.writability.refused(to.changedFields(from: from)) {
            throw CalendarError.kept(field, of: occurrence.series)
        }
        try await carryOut(.update(from: from, to: to), at: occurrence, scope, of: stored, invitations)
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
        let stored = try await editableSeries(occurrence.series)
        try await carryOut(.delete, at: occurrence, scope, of: stored, invitations)
    }

    private func carryOut(
        _ change: SeriesEdit.Change,
        at occurrence: OccurrenceReference,
        _ scope: SeriesScope,
        of stored: StoredSeries,
        _ invitations: InvitationPolicy
    ) async throws {
        let identifiers = service.engine.identifiers
        let commit = try LocalEdits(now: service.clock.now).carryOut(
            OccurrenceEdit(at: occurrence.originalStart, scope: scope, change, invitations: invitations),
            of: stored,
            operation: OperationID(identifiers.next()),
            newRecordID: { RecordID(identifiers.next()) }
        )
        try await service.storage.events.commit(commit)
    }

    /// A series of the principal's with all that is stored of it.
    func editableSeries(_ id: RecordID) async throws -> StoredSeries {
        let stored = try await editable(id)
        guard stored.record.role == .series else {
            throw CalendarError.invalidArgument("occurrence", "The record of the occurrence's series is no series.")
        }
        guard let calendar = stored.link?.calendar ?? stored.pending.first?.calendar,
            let series = try await storedSeries(id, in: calendar)
        else { throw CalendarError(.notFound, "The event is in no calendar.", identifier: id.rawValue) }
        return series
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
