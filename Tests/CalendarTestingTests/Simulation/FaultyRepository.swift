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
        case .crowdedCopies:
            let guests = commit.records.flatMap(\.record.content.attendees)
            for index in commit.operations.indices where commit.operations[index].isCopy {
                commit.operations[index].content.attendees = guests
            }
        case .uninformedCopies: commit.operations.removeAll { $0.isCopy && $0.action == .update }
        case .orphanedCopies: commit.operations.removeAll { $0.isCopy && $0.action == .delete }
        case .blindOverwrite: try await takeRevisions(&commit)
        case .unsettledWrites: commit.removedOperations = [:]
        default: break
        }
        try await next.commit(commit)
    }

    /// Claims to have read every operation as it is stored now.
    private func takeRevisions(_ commit: inout RepositoryCommit) async throws {
        for index in commit.operations.indices {
            let operation = commit.operations[index]
            let request = SnapshotRequest(calendar: operation.calendar, operations: [operation.id])
            guard let stored = try await next.snapshot(request).operations[operation.id] else { continue }
            commit.operations[index].revision = stored.revision
        }
        guard let calendar = commit.links.first?.calendar ?? commit.state?.calendar else { return }
        for id in commit.removedOperations.keys.sorted() {
            let request = SnapshotRequest(calendar: calendar, operations: [id])
            guard let stored = try await next.snapshot(request).operations[id] else { continue }
            commit.removedOperations[id] = stored.revision
        }
    }
}
