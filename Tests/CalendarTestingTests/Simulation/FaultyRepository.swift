import CalendarCore
import CalendarTesting
import Foundation

/// An event repository that makes one of the mistakes.
struct FaultyRepository: ForwardingEventRepository {
    let next: any EventRepository
    let fault: EngineFault
    private let count = CallCount()

    init(_ next: any EventRepository, _ fault: EngineFault) {
        (self.next, self.fault) = (next, fault)
    }

    func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] {
        guard fault != .noSweep else { return [] }
        return try await next.links(in: calendar, notListedSince: epoch, after: event, limit: limit)
    }

    func commit(_ commit: RepositoryCommit) async throws {
        var commit = commit
        switch fault {
        case .cursorBeforePage where commit.state?.cursor != nil && !commit.links.isEmpty && count.next() % 3 == 0:
            var cursorOnly = RepositoryCommit(tenant: commit.tenant)
            cursorOnly.state = commit.state
            cursorOnly.lease = commit.lease
            try await next.commit(cursorOnly)
            throw CalendarError(.unavailable, "The disk is gone for a moment.")
        case .forgottenBase:
            if !commit.removedOperations.isEmpty { commit.links = [] }
        case .unjournalledEdits where commit.state == nil && count.next() % 3 == 0: commit.operations = []
        case .unsettledWrites: commit.removedOperations = [:]
        default: break
        }
        try await next.commit(commit)
    }
}
