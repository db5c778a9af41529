public import CalendarCore
import Foundation

/// The promises of `JobStore`, one check each.
public enum JobStoreConformance {
    /// A check of a job store.
    public typealias Check = ConformanceCheck<any JobStore>

    /// Every check.
    public static let all: [Check] = scheduling + claims + settling

    static let start = Date(timeIntervalSince1970: 1_772_442_000)

    static func job(_ key: String, kind: JobKind = "sync", tenant: TenantID = "acme") -> Job {
        Job(tenant: tenant, kind: kind, key: key)
    }

    /// An instant so many seconds after the start.
    static func at(_ seconds: Double) -> Date {
        start.addingTimeInterval(seconds)
    }

    /// Claims one job for a minute.
    static func claimOne(_ store: any JobStore, at seconds: Double, _ promise: Promise) async throws -> ClaimedJob {
        try promise.some(try await store.claim(1, now: at(seconds), lasting: 60).first, "a claim")
    }

    /// Claims whatever is due, for a minute.
    static func claimAll(_ store: any JobStore, at seconds: Double) async throws -> [Job] {
        try await store.claim(100, now: at(seconds), lasting: 60).map(\.job)
    }

    private static let scheduling: [Check] = [
        Check("a job is claimed once it is due, and not before") { store, promise in
            try await store.schedule(job("a"), at: at(10))
            try promise.equal(try await claimAll(store, at: 9), [], "the claims before")
            let claims = try await store.claim(5, now: at(10), lasting: 60)
            let claim = try promise.some(claims.first, "a claim")
            try promise.equal(claims.count, 1, "claims")
            try promise.equal(claim.job, job("a"), "the job")
            try promise.equal(claim.dueAt, at(10), "the due time")
            try promise.equal(claim.attempt, 1, "the attempt")
            try promise.equal(claim.expiresAt, at(70), "the end of the claim")
        },
        Check("scheduling again makes no second job, and the earlier time wins") { store, promise in
            for seconds in [20, 10, 30] { try await store.schedule(job("a"), at: at(Double(seconds))) }
            try promise.equal(try await store.nextDueTime(), at(10), "the next due time")
            try promise.equal(
                try await store.claim(5, now: at(30), lasting: 60).map(\.dueAt),
                [at(10)],
                "the due times"
            )
        },
        Check("a job of another kind, key or tenant is another job (F-07)") { store, promise in
            let jobs = [job("a"), job("a", kind: "renewal"), job("b"), job("a", tenant: "globex")]
            for job in jobs { try await store.schedule(job, at: at(0)) }
            let first = try await claimOne(store, at: 0, promise)
            try await store.complete(first)
            try promise.equal(
                try await claimAll(store, at: 0).sorted(),
                jobs.filter { $0 != first.job }.sorted(),
                "the jobs after one was completed"
            )
        },
        Check("the next due time is when the next claim succeeds") { store, promise in
            try promise.equal(try await store.nextDueTime(), nil, "the next due time of an empty store")
            try await store.schedule(job("a"), at: at(10))
            try await store.schedule(job("b"), at: at(90))
            try promise.equal(try await store.nextDueTime(), at(10), "the next due time")
            _ = try await claimOne(store, at: 10, promise)
            try promise.equal(try await store.nextDueTime(), at(70), "the end of the claim")
        },
    ]

    private static let claims: [Check] = [
        Check("claims come by due time, then job, and are as many as asked for at most") { store, promise in
            try await store.schedule(job("late"), at: at(3))
            for key in ["c", "a", "b"] { try await store.schedule(job(key), at: at(2)) }
            try await store.schedule(job("z"), at: at(1))
            let keys = try await store.claim(3, now: at(5), lasting: 60).map(\.job.key)
            try promise.equal(keys, ["z", "a", "b"], "the first claims")
            try promise.equal(try await claimAll(store, at: 5).map(\.key), ["c", "late"], "the other claims")
        },
        Check("a claim for no jobs answers none") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            for limit in [0, -1] {
                try promise.equal(try await store.claim(limit, now: at(0), lasting: 60), [], "claims of \(limit)")
            }
        },
        Check("a claim that would not last is refused and takes nothing") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            for seconds in [0, -1, Double.nan] {
                try await promise.fails(with: .invalidArgument, "a claim for \(seconds) seconds") {
                    try await store.claim(1, now: at(0), lasting: seconds)
                }
            }
            try promise.equal(try await claimAll(store, at: 0), [job("a")], "the jobs")
        },
        Check("a claimed job is nobody else's until its claim has run out") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            let first = try await claimOne(store, at: 0, promise)
            try promise.equal(try await claimAll(store, at: 59), [], "the claims meanwhile")
            let second = try await claimOne(store, at: 60, promise)
            try promise.holds(second.fencingNumber > first.fencingNumber, "the fencing number grows")
            try promise.equal(second.attempt, 2, "the attempt")
            try promise.equal(second.dueAt, at(0), "the due time")
        },
        Check("concurrent workers share the jobs, each job going to one of them") { store, promise in
            let jobs = (0..<20).map { job("\($0)") }
            for job in jobs { try await store.schedule(job, at: at(0)) }
            let claimed = try await withThrowingTaskGroup(of: [Job].self) { group in
                for _ in 0..<8 {
                    group.addTask { try await store.claim(3, now: at(0), lasting: 60).map(\.job) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try promise.equal(claimed.sorted(), jobs.sorted(), "the jobs claimed")
        },
        Check("an extended claim lasts longer, and so does the hold on the job") { store, promise in
            try await store.schedule(job("a"), at: at(0))
            let claim = try await claimOne(store, at: 0, promise)
            let extended = try await store.extend(claim, now: at(50), lasting: 60)
            try promise.equal(extended.expiresAt, at(110), "the end of the claim")
            try promise.equal(extended.fencingNumber, claim.fencingNumber, "the fencing number")
            try promise.equal(try await claimAll(store, at: 109), [], "the claims meanwhile")
            try promise.equal(try await claimAll(store, at: 110), [job("a")], "the claims afterwards")
        },
    ]
}
