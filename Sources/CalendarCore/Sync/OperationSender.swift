import Foundation

/// Carries one outbox operation through: journal, call, settle; and after a lost reply: look, then call again.
struct OperationSender {
    let engine: SyncEngine
    let provider: any CalendarProvider
    let session: ProviderSession
    let lease: CalendarLease

    /// How long writes pause when the service does not say: its limits last hours, and a try an hour costs nothing.
    static let pauseOfWrites: TimeInterval = 3600

    var repository: any EventRepository { engine.repository }
    var clock: any WallClock { engine.clock }
    /// Decides now what the other places of an event are told.
    var placeUpdates: PlaceUpdates {
        PlaceUpdates(now: clock.now) { OperationID(engine.identifiers.next()) }
    }

    func send(_ queued: OutboxOperation) async throws -> SyncReport {
        var operation = queued
        var tries = 0
        while true {
            tries += 1
            do {
                if operation.isUnansweredCreation, let found = try await find(operation) { return found }
                try await planSeries(of: &operation)
                operation.state = .sent
                operation.attempts += 1
                operation = try await journal(operation)
                return try await call(&operation)
            } catch let error as CalendarError
                where error.code == .duplicate && operation.action == .create && operation.attempts > 1
            {
                return try await forget(operation)
            } catch let error as CalendarError
                where [.revisionConflict, .leaseLost, .storage].contains(error.code)
            {
                // The store refused, not the service: somebody changed what was decided on, or it failed.
                throw error
            } catch let error as CalendarError {
                guard let next = try await react(to: error, operation, tries: tries) else {
                    return .waitingForOne
                }
                operation = next
            }
        }
    }

    /// Settles a creation whose event is there; nil when it is not.
    func find(_ operation: OutboxOperation) async throws -> SyncReport? {
        let key = operation.id
        guard
            let event = try await provider.createdEvent(for: key, in: operation.calendar.calendar, session: session)
        else { return nil }
        return try await settle(operation, with: event)
    }

    private func call(_ operation: inout OutboxOperation) async throws -> SyncReport {
        switch operation.action {
        case .create:
            let event = try await provider.create(
                EventCreation(
                    key: operation.id,
                    content: operation.content,
                    invitations: operation.invitations
                ),
                in: operation.calendar.calendar,
                session: session
            )
            return try await settle(operation, with: event)
        case .update: return try await update(&operation)
        case .delete: return try await delete(operation)
        case .series: return try await editSeries(operation)
        }
    }

    /// What follows a failed attempt: the operation to try again now, or nil when it has to wait.
    private func react(
        to error: CalendarError,
        _ operation: OutboxOperation,
        tries: Int
    ) async throws -> OutboxOperation? {
        var next = operation
        switch error.failureClass {
        case .retry(let after):
            next.state = error.isOutcomeUnknown || operation.state == .sentWithoutReply ? .sentWithoutReply : .queued
            let wait = max(after ?? 0, Double(1 << min(operation.attempts, 8)))
            next.notBefore = clock.now.addingTimeInterval(wait)
            next = try await journal(next)
            guard tries < engine.configuration.maxTries, wait <= 30 else { return nil }
            try await clock.sleep(until: next.notBefore)
            return next
        case .pauseWrites(let after):
            next.state = .queued
            next.notBefore = clock.now.addingTimeInterval(after ?? Self.pauseOfWrites)
            _ = try await journal(next)
            throw error
        case .reconnect, .configuration, .resync:
            next.state = operation.state == .sentWithoutReply ? .sentWithoutReply : .queued
            _ = try await journal(next)
            throw error
        case .poison, .fatal:
            next.state = .rejected(error.code)
            try await reject(next, error)
            return nil
        }
    }
}

extension SyncReport {
    /// One write that is still to be sent.
    static var waitingForOne: SyncReport {
        var report = SyncReport()
        report.waiting = 1
        return report
    }

    /// One write that the service accepted.
    static var pushedOne: SyncReport {
        var report = SyncReport()
        report.pushed = 1
        return report
    }
}
