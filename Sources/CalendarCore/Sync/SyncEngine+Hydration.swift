import Foundation

/// Services that list occurrences one by one may name those of a series that was never told (Graph reference 8.2).
extension SyncEngine {
    /// Reads each series of which only occurrences came, and puts it in front of them.
    ///
    /// One that is gone takes its occurrences along. One that cannot be read waits in the state, with an issue, for the
    /// next round; a failure that concerns the whole account is thrown.
    func hydrate(
        _ changes: [RemoteChange],
        _ snapshot: CalendarSnapshot,
        _ state: inout CalendarSyncState,
        provider: any CalendarProvider,
        session: ProviderSession
    ) async throws -> [RemoteChange] {
        guard changes.contains(where: \.namesOccurrences) else { return changes }
        var told = Set(changes.compactMap(\.upsertedEvent))
        var waiting: Set<RemoteEventID> = []
        var complete: [RemoteChange] = []
        for change in changes {
            guard case .occurrences(let listed) = change, !listed.originalStarts.isEmpty,
                !told.contains(listed.series), snapshot.links[listed.series]?.base == nil
            else {
                complete.append(change)
                continue
            }
            if waiting.contains(listed.series) {
                state.wait(for: listed)
                continue
            }
            do {
                let calendar = state.calendar.calendar
                let master = try await provider.event(listed.series, in: calendar, session: session)
                told.insert(listed.series)
                complete += [.upserted(master), change]
            } catch let error as CalendarError {
                switch error.failureClass {
                case .reconnect, .configuration: throw error
                case .fatal where error.code == .notFound:
                    complete.append(.removed(listed.series, isCertain: true))
                default:
                    waiting.insert(listed.series)
                    state.wait(for: listed)
                    complete.append(.unreadable(.pendingHydration(of: listed.series)))
                }
            }
        }
        return complete
    }
}

extension CalendarSyncState {
    /// The occurrences that wait for their series, as changes to try once more.
    mutating func takePendingSeries() -> [RemoteChange] {
        defer { pendingSeries = [] }
        return pendingSeries.map { .occurrences($0) }
    }

    /// Keeps occurrences until their series can be read, in place of an earlier listing of the same window.
    fileprivate mutating func wait(for listed: SeriesOccurrences) {
        pendingSeries.removeAll { $0.series == listed.series && $0.window == listed.window }
        pendingSeries.append(listed)
    }
}

extension RemoteChange {
    /// Whether it lists occurrences of a series.
    fileprivate var namesOccurrences: Bool {
        if case .occurrences = self { return true }
        return false
    }

    /// The event that the change tells in full.
    fileprivate var upsertedEvent: RemoteEventID? {
        if case .upserted(let event) = self { return event.id }
        return nil
    }
}

extension SyncIssue {
    fileprivate static func pendingHydration(of series: RemoteEventID) -> SyncIssue {
        SyncIssue(
            event: series,
            code: .pendingHydration,
            message: "Occurrences of the series are known and the series cannot be read yet."
        )
    }
}
