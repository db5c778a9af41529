import Foundation

/// Which event of the service a change is about.
extension OperationSender {
    /// An event and what it said when both sides last agreed.
    struct Target {
        /// The event.
        let id: RemoteEventID
        /// The version that has to be there.
        let etag: String?
        /// What it said.
        let base: EventContent?
        /// The series, of an occurrence.
        let series: RemoteEventID?
        /// When that was read or written last; nil for what was read just now.
        let syncedAt: Date?

        /// Whether a series was read or written since.
        func isOlder(than series: EventLink) -> Bool {
            syncedAt.map { $0 <= series.syncedAt } ?? false
        }
    }

    /// The event that a change or deletion is about; nil when it is gone.
    ///
    /// An occurrence that differs nowhere else has no event of its own in this calendar: its series has.
    ///
    /// - Throws: `unavailable` while the series waits to be created there.
    func target(of operation: OutboxOperation) async throws -> Target? {
        if let link = try await link(of: operation) {
            return Target(
                id: link.event,
                etag: link.etag,
                base: link.base,
                series: link.series,
                syncedAt: link.syncedAt
            )
        }
        let tenant = operation.calendar.tenant
        guard let record = try await repository.record(operation.record, tenant: tenant),
            case .exception(let series, let originalStart) = record.role
        else { return nil }
        let links = try await repository.links(of: series, tenant: tenant)
        guard let master = links.first(where: { $0.calendar == operation.calendar }) else {
            let pending = try await repository.pendingOperations(in: operation.calendar)
            guard pending.contains(where: { $0.record == series && $0.action == .create }) else { return nil }
            throw CalendarError(.unavailable, "The series has to be created first.", retryAfter: 60)
        }
        do {
            let key = OccurrenceKey(series: master.event, originalStart: originalStart)
            let event = try await provider.occurrence(key, in: operation.calendar.calendar, session: session)
            let base = provider.canonical(event.content)
            return Target(id: event.id, etag: event.etag, base: base, series: master.event, syncedAt: nil)
        } catch let error as CalendarError where error.code == .notFound {
            return nil
        }
    }
}
