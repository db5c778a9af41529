/// Changing what is there already, under the version it was based on.
extension OperationSender {
    /// How often a write meets a newer version before it waits for the next run.
    static let maxMerges = 3

    /// Sends what differs under the version it was based on.
    ///
    /// After a 412 the newer version is taken over as the feed would have brought it, in one commit with the conflicts
    /// that come of it; what is left of the intent goes out after that. So the same policy decides here and there, and
    /// what the service said is on record before it is overwritten.
    ///
    /// - Parameter operation: The intent; it has become what is stored when something is thrown after a merge.
    /// - Returns: A report of one write, or of a merge that left nothing to send.
    /// - Throws: What the provider and the repository throw; `revisionConflict` when the event changed during every try.
    func update(_ operation: inout OutboxOperation) async throws -> SyncReport {
        var report = SyncReport()
        for attempt in 0...Self.maxMerges {
            guard let target = try await target(of: operation), let base = target.base else {
                report.add(try await drop(operation))
                return report
            }
            let series = try await series(of: target, operation)
            // What its series was sent since may have reached an occurrence, and then is no edit of its own.
            let isOutdated = attempt == 0 && series.map { target.isOlder(than: $0.link) } ?? false
            do {
                if !isOutdated {
                    let update = EventUpdate(
                        id: target.id,
                        etag: target.etag,
                        base: base,
                        content: content(of: operation, in: series, base: base),
                        invitations: operation.invitations
                    )
                    let event = try await provider.update(update, in: operation.calendar.calendar, session: session)
                    report.add(try await settle(operation, with: event))
                    return report
                }
            } catch let error as CalendarError where error.code == .notFound {
                report.add(try await abandon(operation))
                return report
            } catch let error as CalendarError where error.code == .conflict {
                // The newer version comes first.
            }
            guard let merged = try await takeOver(target.id, operation) else {
                report.add(try await abandon(operation))
                return report
            }
            report.add(merged)
            guard let rest = try await stored(operation) else { return report }
            operation = rest
        }
        throw CalendarError(.unavailable, "The event changed in the service during every try.")
    }

    /// The link and the record of the series whose occurrence an edit is about; nil for other edits.
    private func series(
        of target: Target,
        _ operation: OutboxOperation
    ) async throws -> (link: EventLink, record: EventRecord)? {
        guard let id = target.series else { return nil }
        let snapshot = try await repository.snapshot(SnapshotRequest(calendar: operation.calendar, events: [id]))
        guard let link = snapshot.links[id], let record = snapshot.records[link.record] else { return nil }
        return (link, record)
    }

    /// What an edit says, without what an occurrence will take over from its series once that is sent.
    ///
    /// A service takes what it is sent of an occurrence for its own, and keeps it whatever its series says later.
    private func content(
        of operation: OutboxOperation,
        in series: (link: EventLink, record: EventRecord)?,
        base: EventContent
    ) -> EventContent {
        guard let series, let told = series.link.base else { return operation.content }
        let edited = operation.isCopy ? series.record.copiedContent() : series.record.content
        return operation.content.leavingOut(
            inherited: base.anticipating(edited, insteadOf: told, canonical: provider.canonical),
            insteadOf: base,
            canonical: provider.canonical
        )
    }

    /// Takes over the version that is there now; nil when the event is gone on one of the sides.
    ///
    /// A deletion in the host follows the intent in the outbox, and decides about the newer version.
    private func takeOver(_ id: RemoteEventID, _ operation: OutboxOperation) async throws -> SyncReport? {
        let calendar = operation.calendar
        guard try await repository.record(operation.record, tenant: calendar.tenant) != nil else { return nil }
        do {
            let event = try await provider.event(id, in: calendar.calendar, session: session)
            return try await engine.absorb(.upserted(event), in: calendar, provider: provider, lease: lease)
        } catch let error as CalendarError where error.code == .notFound {
            return nil
        }
    }

    /// The intent as it is stored now; nil when nothing is left of it.
    private func stored(_ operation: OutboxOperation) async throws -> OutboxOperation? {
        let request = SnapshotRequest(calendar: operation.calendar, operations: [operation.id])
        return try await repository.snapshot(request).operations[operation.id]
    }
}
