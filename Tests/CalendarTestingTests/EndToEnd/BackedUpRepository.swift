import CalendarCore
import CalendarTesting
import Foundation
import Synchronization

/// A repository that keeps a copy of itself until the copying ends, which is then a backup from that moment.
final class BackedUpRepository: ForwardingEventRepository {
    let next: any EventRepository
    private let backup: any EventRepository
    private let isCopying = Mutex(true)

    init(_ next: any EventRepository, backup: any EventRepository) {
        (self.next, self.backup) = (next, backup)
    }

    /// Ends the copying: what follows is lost when the backup is restored.
    func endCopying() {
        isCopying.withLock { $0 = false }
    }

    func acquireLease(on calendar: CalendarKey, now: Date, lasting seconds: Double) async throws -> CalendarLease? {
        if isCopying.withLock(\.self) {
            _ = try await backup.acquireLease(on: calendar, now: now, lasting: seconds)
        }
        return try await next.acquireLease(on: calendar, now: now, lasting: seconds)
    }

    func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {
        if isCopying.withLock(\.self) { try await backup.release(lease, on: calendar) }
        try await next.release(lease, on: calendar)
    }

    func commit(_ commit: RepositoryCommit) async throws {
        try await next.commit(commit)
        if isCopying.withLock(\.self) { try await backup.commit(commit) }
    }
}
