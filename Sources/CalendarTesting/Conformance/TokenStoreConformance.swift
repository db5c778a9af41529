public import CalendarCore
import Foundation

/// The promises of `TokenStore`, one check each.
public enum TokenStoreConformance {
    /// A check of a token store.
    public typealias Check = ConformanceCheck<any TokenStore>

    /// Every check.
    public static let all: [Check] = versions + leases + [isolation, silence]

    private static let key = ConnectionKey(tenant: "acme", connection: "one")
    private static let start = Date(timeIntervalSince1970: 1_767_603_600)

    private static func credential(_ name: String, refresh: String? = "refresh") -> Credential {
        Credential(
            accessToken: Secret("access-\(name)"),
            refreshToken: refresh.map { Secret($0) },
            expiresAt: start.addingTimeInterval(3600),
            scopes: ["calendar", "email"]
        )
    }

    private static let versions: [Check] = [
        Check("a saved credential is read back as it was") { store, promise in
            let version = try await store.save(credential("a", refresh: nil), for: key, expecting: nil, lease: nil)
            let stored = try promise.some(try await store.credential(for: key), "the credential")
            try promise.equal(stored.credential, credential("a", refresh: nil), "the credential")
            try promise.equal(stored.version, version, "the version")
        },
        Check("a save on another version than the stored one is refused and changes nothing") { store, promise in
            let first = try await store.save(credential("a"), for: key, expecting: nil, lease: nil)
            let second = try await store.save(credential("b"), for: key, expecting: first, lease: nil)
            for version in [nil, first, second + 1] {
                try await promise.fails(with: .revisionConflict, "a save expecting \(version ?? 0)") {
                    try await store.save(credential("c"), for: key, expecting: version, lease: nil)
                }
            }
            let stored = try promise.some(try await store.credential(for: key), "the credential")
            try promise.equal(stored, StoredCredential(credential: credential("b"), version: second), "the credential")
        },
        Check("of concurrent saves on one version exactly one wins") { store, promise in
            let first = try await store.save(credential("a"), for: key, expecting: nil, lease: nil)
            let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<16 {
                    group.addTask {
                        do {
                            try await store.save(credential("\(index)"), for: key, expecting: first, lease: nil)
                            return true
                        } catch let error as CalendarError where error.code == .revisionConflict {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            try promise.equal(wins, 1, "winners")
        },
        Check("versions grow across deletion") { store, promise in
            let first = try await store.save(credential("a"), for: key, expecting: nil, lease: nil)
            try await store.deleteCredential(for: key)
            try promise.equal(try await store.credential(for: key) == nil, true, "the credential is gone")
            let second = try await store.save(credential("b"), for: key, expecting: nil, lease: nil)
            try promise.holds(second > first, "the version after a deletion is larger than before")
        },
        Check("deleting a credential that is not there succeeds") { store, _ in
            try await store.deleteCredential(for: key)
        },
    ]

    private static let leases: [Check] = [
        Check("at most one lease is live, until it is given back or ends") { store, promise in
            let first = try promise.some(
                try await store.acquireLease(for: key, now: start, lasting: 60),
                "a lease"
            )
            let during = try await store.acquireLease(for: key, now: start.addingTimeInterval(59), lasting: 60)
            try promise.equal(during, nil, "a second lease")
            try await store.release(first, for: key)
            let second = try promise.some(
                try await store.acquireLease(for: key, now: start.addingTimeInterval(1), lasting: 60),
                "a lease after the release"
            )
            let third = try promise.some(
                try await store.acquireLease(for: key, now: start.addingTimeInterval(61), lasting: 60),
                "a lease after the end of the last"
            )
            try promise.holds(first.fencingNumber < second.fencingNumber, "fencing numbers grow after a release")
            try promise.holds(second.fencingNumber < third.fencingNumber, "fencing numbers grow after an end")
        },
        Check("of concurrent callers exactly one gets the lease") { store, promise in
            let leases = try await withThrowingTaskGroup(of: RefreshLease?.self) { group in
                for _ in 0..<16 {
                    group.addTask { try await store.acquireLease(for: key, now: start, lasting: 60) }
                }
                return try await group.reduce(into: 0) { $0 += $1 == nil ? 0 : 1 }
            }
            try promise.equal(leases, 1, "leases")
        },
        Check("a save under a lease that is not the newest is refused and changes nothing") { store, promise in
            let version = try await store.save(credential("a"), for: key, expecting: nil, lease: nil)
            let old = try promise.some(try await store.acquireLease(for: key, now: start, lasting: 60), "a lease")
            let new = try promise.some(
                try await store.acquireLease(for: key, now: start.addingTimeInterval(60), lasting: 60),
                "a newer lease"
            )
            try await promise.fails(with: .leaseLost, "a save under the old lease") {
                try await store.save(credential("b"), for: key, expecting: version, lease: old)
            }
            try promise.equal(try await store.credential(for: key)?.version, version, "the version")
            try await store.save(credential("c"), for: key, expecting: version, lease: new)
        },
        Check("giving back an old lease leaves the newest one held") { store, promise in
            let old = try promise.some(try await store.acquireLease(for: key, now: start, lasting: 60), "a lease")
            let later = start.addingTimeInterval(60)
            _ = try promise.some(try await store.acquireLease(for: key, now: later, lasting: 60), "a newer lease")
            try await store.release(old, for: key)
            try promise.equal(try await store.acquireLease(for: key, now: later, lasting: 60), nil, "a third lease")
        },
        Check("fencing numbers grow across deletion") { store, promise in
            try await store.save(credential("a"), for: key, expecting: nil, lease: nil)
            let first = try promise.some(try await store.acquireLease(for: key, now: start, lasting: 60), "a lease")
            try await store.release(first, for: key)
            try await store.deleteCredential(for: key)
            let second = try promise.some(
                try await store.acquireLease(for: key, now: start, lasting: 60),
                "a lease after the deletion"
            )
            try promise.holds(first.fencingNumber < second.fencingNumber, "fencing numbers grow across deletion")
        },
    ]

    private static let isolation = Check("nothing is shared between tenants") { store, promise in
        let other = ConnectionKey(tenant: "globex", connection: key.connection)
        let version = try await store.save(credential("a"), for: key, expecting: nil, lease: nil)
        _ = try promise.some(try await store.acquireLease(for: key, now: start, lasting: 60), "a lease")

        try promise.equal(try await store.credential(for: other) == nil, true, "the other tenant sees nothing")
        _ = try promise.some(
            try await store.acquireLease(for: other, now: start, lasting: 60),
            "the other tenant's own lease"
        )
        try await store.deleteCredential(for: other)
        try promise.equal(try await store.credential(for: key)?.version, version, "the version")
    }

    private static let silence = Check("errors and descriptions carry no token") { store, promise in
        let planted = credential("planted", refresh: "refresh-planted")
        try await store.save(planted, for: key, expecting: nil, lease: nil)
        var texts = ["\(store)", String(reflecting: store)]
        do {
            try await store.save(planted, for: key, expecting: nil, lease: nil)
        } catch {
            texts += ["\(error)", String(reflecting: error)]
        }
        try promise.holds(!texts.contains { $0.contains("planted") }, "no text contains a token")
    }
}
