import Foundation

/// Changing and deleting what is there already, under the version it was based on.
extension OperationSender {
    func update(_ operation: OutboxOperation) async throws -> SyncReport {
        guard let link = try await link(of: operation), let base = link.base else {
            return try await drop(operation)
        }
        do {
            let event = try await provider.update(
                EventUpdate(
                    id: link.event,
                    etag: link.etag,
                    base: base,
                    content: operation.content,
                    invitations: operation.invitations
                ),
                in: operation.calendar.calendar,
                session: session
            )
            return try await settle(operation, with: event)
        } catch let error as CalendarError where error.code == .conflict {
            return try await mergeAndUpdate(operation, link, base: base, rounds: 3)
        } catch let error as CalendarError where error.code == .notFound {
            return try await abandon(operation)
        }
    }

    /// After a 412: reads the event again, merges the intent into it and sends what is still different.
    private func mergeAndUpdate(
        _ operation: OutboxOperation,
        _ link: EventLink,
        base: EventContent,
        rounds: Int
    ) async throws -> SyncReport {
        let calendar = operation.calendar.calendar
        let remote = try await provider.event(link.event, in: calendar, session: session)
        let merge = EventMerger.merge(
            base: base,
            local: operation.content,
            remote: remote.content,
            canonical: provider.canonical
        )
        var merged = operation
        merged.content = merge.content
        do {
            let event = try await provider.update(
                EventUpdate(
                    id: link.event,
                    etag: remote.etag,
                    base: provider.canonical(remote.content),
                    content: merge.content,
                    invitations: operation.invitations
                ),
                in: calendar,
                session: session
            )
            var report = try await settle(merged, with: event, isMerged: true)
            report.conflicts = merge.conflicts.count
            return report
        } catch let error as CalendarError where error.code == .conflict && rounds > 1 {
            return try await mergeAndUpdate(merged, link, base: provider.canonical(remote.content), rounds: rounds - 1)
        }
    }

    func delete(_ operation: OutboxOperation) async throws -> SyncReport {
        guard let link = try await link(of: operation) else { return try await drop(operation) }
        let calendar = operation.calendar.calendar
        do {
            try await provider.delete(
                EventDeletion(id: link.event, etag: link.etag, invitations: operation.invitations),
                in: calendar,
                session: session
            )
        } catch let error as CalendarError where error.code == .conflict {
            try await provider.delete(
                EventDeletion(id: link.event, etag: nil, invitations: operation.invitations),
                in: calendar,
                session: session
            )
        }
        return try await drop(operation)
    }
}
