import CalendarCore
import Foundation

extension JobStoreConformance {
    static let settling: [Check] = [
        Check("a completed job is gone, and starts afresh when it is scheduled again") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            let first = try await claimOne(store, at: 0, promise)
            try await store.complete(first)
            try promise.equal(try await claimAll(store, at: 1000), [], "the claims afterwards")
            try await store.schedule(job("a"), at: at(5))
            let second = try await claimOne(store, at: 5, promise)
            try promise.equal(second.attempt, 1, "the attempt")
            try promise.holds(second.fencingNumber > first.fencingNumber, "the fencing number grows across completion")
        },
        Check("a job that is scheduled while it runs runs once more, at the earliest time asked for") {
            store,
            promise in
            try await store.schedule(job("a"), at: at(0))
            let claim = try await claimOne(store, at: 0, promise)
            for seconds in [30, 20, 40] { try await store.schedule(job("a"), at: at(Double(seconds))) }
            try promise.equal(try await claimAll(store, at: 45), [], "the claims while it runs")
            try await store.complete(claim)
            try promise.equal(try await claimAll(store, at: 19), [], "the claims before the time asked for")
            let again = try await claimOne(store, at: 20, promise)
            try promise.equal(again.dueAt, at(20), "the due time")
            try promise.equal(again.attempt, 1, "the attempt")
            try await store.complete(again)
            try promise.equal(try await claimAll(store, at: 1000), [], "the claims afterwards")
        },
        Check("a run that takes over from a dead worker does what was scheduled meanwhile") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            _ = try await claimOne(store, at: 0, promise)
            try await store.schedule(job("a"), at: at(30))
            let second = try await claimOne(store, at: 60, promise)
            try await store.complete(second)
            try promise.equal(try await claimAll(store, at: 1000), [], "the claims afterwards")
        },
        Check("a failed job waits for the time given, whatever was scheduled while it ran") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            let claim = try await claimOne(store, at: 0, promise)
            try await store.schedule(job("a"), at: at(10))
            try await store.fail(claim, retryAt: at(40))
            try promise.equal(try await claimAll(store, at: 39), [], "the claims before")
            let second = try await claimOne(store, at: 40, promise)
            try promise.equal(second.attempt, 2, "the attempt")
            try promise.equal(second.dueAt, at(40), "the due time")
            try await store.complete(second)
            try promise.equal(try await claimAll(store, at: 1000), [], "the claims afterwards")
        },
        Check("what is scheduled after a failure brings the job forward") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            try await store.fail(try await claimOne(store, at: 0, promise), retryAt: at(40))
            try await store.schedule(job("a"), at: at(15))
            try promise.equal(try await claimAll(store, at: 15), [job("a")], "the claims")
        },
        Check("a worker whose job was taken over changes nothing") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            let old = try await claimOne(store, at: 0, promise)
            let new = try await claimOne(store, at: 60, promise)
            try await refuses(old, in: store, promise)
            try promise.equal(try await claimAll(store, at: 119), [], "the claims while the new worker holds it")
            try await store.complete(new)
        },
        Check("a claim is settled once") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            let first = try await claimOne(store, at: 0, promise)
            try await store.fail(first, retryAt: at(10))
            try await refuses(first, in: store, promise)
            let second = try await claimOne(store, at: 10, promise)
            try await store.complete(second)
            try await refuses(second, in: store, promise)
            try promise.equal(try await store.nextDueTime(), nil, "the next due time")
        },
        Check("a claim that has run out and was not taken over still settles its job") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            let claim = try await claimOne(store, at: 0, promise)
            let extended = try await store.extend(claim, now: at(100), lasting: 60)
            try promise.equal(extended.expiresAt, at(160), "the end of the claim")
            try await store.complete(claim)
            try promise.equal(try await claimAll(store, at: 1000), [], "the claims afterwards")
        },
    ]

    private static func refuses(_ claim: ClaimedJob, in store: any JobStore, _ promise: Promise) async throws {
        try await promise.fails(with: .leaseLost, "extending") {
            try await store.extend(claim, now: at(60), lasting: 600)
        }
        try await promise.fails(with: .leaseLost, "completing") { try await store.complete(claim) }
        try await promise.fails(with: .leaseLost, "failing") { try await store.fail(claim, retryAt: at(61)) }
    }
}
