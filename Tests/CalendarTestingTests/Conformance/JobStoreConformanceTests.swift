import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Job store conformance")
struct JobStoreConformanceTests {
    @Test("the in-memory job store keeps every promise (C-02)", arguments: JobStoreConformance.all)
    func conforms(_ check: JobStoreConformance.Check) async throws {
        #expect(try await check.run { InMemoryJobStore() } == .passed)
    }

    @Test("a store with a fault is found out (C-02)", arguments: CarelessJobStore.Fault.allCases)
    func fault(_ fault: CarelessJobStore.Fault) async throws {
        var broken: Set<String> = []
        for check in JobStoreConformance.all {
            do {
                try await check.run { CarelessJobStore(fault) }
            } catch let error as PromiseBroken {
                broken.insert(error.promise)
            }
        }

        #expect(broken.contains(fault.promise))
    }
}

/// A job store with one fault.
struct CarelessJobStore: JobStore {
    enum Fault: CaseIterable {
        case forgetsWhatIsScheduledMeanwhile
        case putsOff
        case ignoresTenants
        case ignoresDueTimes
        case settlesForAnybody
        case extendsNothing

        /// A promise that the fault breaks.
        var promise: String {
            switch self {
            case .forgetsWhatIsScheduledMeanwhile:
                "a job that is scheduled while it runs runs once more, at the earliest time asked for"
            case .putsOff: "scheduling again makes no second job, and the earlier time wins"
            case .ignoresTenants: "a job of another kind, key or tenant is another job (F-07)"
            case .ignoresDueTimes: "a job is claimed once it is due, and not before"
            case .settlesForAnybody: "a worker whose job was taken over changes nothing"
            case .extendsNothing: "an extended claim lasts longer, and so does the hold on the job"
            }
        }
    }

    private let fault: Fault
    private let store = InMemoryJobStore()

    init(_ fault: Fault) {
        self.fault = fault
    }

    func schedule(_ job: Job, at dueAt: Date) async throws {
        switch fault {
        case .putsOff: try await store.schedule(job, at: dueAt.addingTimeInterval(1))
        case .ignoresTenants:
            try await store.schedule(Job(tenant: "acme", kind: job.kind, key: job.key), at: dueAt)
        case .ignoresDueTimes: try await store.schedule(job, at: .distantPast)
        case .forgetsWhatIsScheduledMeanwhile, .settlesForAnybody, .extendsNothing:
            try await store.schedule(job, at: dueAt)
        }
    }

    func claim(_ limit: Int, now: Date, lasting seconds: Double) async throws -> [ClaimedJob] {
        try await store.claim(limit, now: now, lasting: seconds)
    }

    func extend(_ claim: ClaimedJob, now: Date, lasting seconds: Double) async throws -> ClaimedJob {
        guard fault == .extendsNothing else { return try await store.extend(claim, now: now, lasting: seconds) }
        return claim
    }

    func complete(_ claim: ClaimedJob) async throws {
        if fault == .settlesForAnybody { return try await settleQuietly(claim) }
        try await store.complete(claim)
        guard fault == .forgetsWhatIsScheduledMeanwhile else { return }
        for again in try await store.claim(100, now: .distantFuture, lasting: 60) { try await store.complete(again) }
    }

    func fail(_ claim: ClaimedJob, retryAt dueAt: Date) async throws {
        try await store.fail(claim, retryAt: dueAt)
    }

    func nextDueTime() async throws -> Date? {
        try await store.nextDueTime()
    }

    private func settleQuietly(_ claim: ClaimedJob) async throws {
        do {
            try await store.complete(claim)
        } catch let error as CalendarError where error.code == .leaseLost {}
    }
}
