/// Copies whose making got no answer, and that were edited before they were known (requirement M-12).
extension OperationSender {
    /// Whether an operation has made a copy that says something else than what was sent.
    func isEditedCopy(_ event: RemoteEvent, madeBy operation: OutboxOperation) -> Bool {
        operation.isCopy && operation.action == .create
            && provider.canonical(event.content) != provider.canonical(operation.content)
    }

    /// Settles the making of a copy that somebody has edited before it was known, and takes the edit over, in one commit.
    func settle(_ operation: OutboxOperation, withEdited event: RemoteEvent) async throws -> SyncReport {
        let calendar = operation.calendar
        let change = RemoteChange.upserted(event)
        var report = SyncReport()
        try await repository.commit(deciding: {
            let issues = try await engine.knownIssues(of: [change], in: calendar)
            var request = SyncPlanner.request(for: [change], in: calendar)
            request.records.insert(operation.record)
            let stored = try await repository.snapshot(request)
            // Had the answer arrived, the copy would be known as it was written, in a version of which nothing is known.
            var link = settledLink(
                event,
                record: operation.record,
                revision: operation.localRevision,
                in: calendar,
                isCopy: true,
                stored
            )
            link.base = provider.canonical(operation.content)
            link.etag = nil
            var known = stored
            known.links[event.id] = link
            let plan = engine.planner(for: calendar, provider, issues: issues).planReading(
                of: change,
                state: stored.state ?? CalendarSyncState(calendar: calendar),
                snapshot: known
            )
            report = plan.report
            var commit = plan.commit
            commit.lease = lease
            commit.removedOperations[operation.id] = operation.revision
            claim(event.id, for: operation.record, stored, &commit)
            return commit
        })
        report.add(.pushedOne)
        return report
    }
}
