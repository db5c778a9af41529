public import CalendarCore
import Foundation

/// The promises of `ConnectionRepository`, one check each.
public enum ConnectionRepositoryConformance {
    /// A check of a connection repository.
    public typealias Check = ConformanceCheck<any ConnectionRepository>

    /// Every check.
    public static let all: [Check] = connections + attempts + erasure

    private static let start = Date(timeIntervalSince1970: 1_767_603_600)

    private static func connection(_ id: ConnectionID, tenant: TenantID = "acme", age: Double = 0) -> Connection {
        Connection(
            key: ConnectionKey(tenant: tenant, connection: id),
            owner: .user("ada"),
            environment: "production",
            provider: "example",
            account: ExternalAccount(key: "account-\(id)", address: "ada@example.com"),
            clientID: "client",
            clientLabel: "Platform default",
            grant: .application(mailbox: "ada@example.com"),
            grantedScopes: ["calendar"],
            capabilities: [.readEvents, .writeEvents],
            selection: CalendarSelection(read: ["primary", "team"], write: "team"),
            tokenExpiresAt: start.addingTimeInterval(3600),
            grantExpiresAt: start.addingTimeInterval(604_799),
            demandedClaims: #"{"access_token":{}}"#,
            createdAt: start.addingTimeInterval(-age),
            updatedAt: start
        )
    }

    private static func attempt(
        _ digest: String,
        by user: UserID = "ada",
        for owner: Connection.Owner = .organization
    ) -> AuthorizationAttempt {
        AuthorizationAttempt(
            stateDigest: digest,
            cookieDigest: "cookie-\(digest)",
            tenant: "acme",
            user: user,
            provider: "example",
            owner: owner,
            environment: nil,
            clientID: "client",
            redirectURI: "https://host.example/callback",
            requestedScopes: ["openid", "calendar"],
            requiredCapabilities: [.readEvents],
            domain: "example.com",
            codeVerifier: Secret("verifier"),
            nonce: "nonce",
            intent: .reconnect("one"),
            createdAt: start,
            expiresAt: start.addingTimeInterval(600)
        )
    }

    private static let connections: [Check] = [
        Check("a saved connection is read back as it was, with a new revision") { repository, promise in
            var expected = connection("one")
            let saved = try await repository.save(expected, expecting: nil)
            expected.revision = saved.revision
            try promise.equal(saved, expected, "the saved connection")
            try promise.equal(try await repository.connection(expected.key), expected, "the stored connection")
        },
        Check("every status is kept") { repository, promise in
            var current = try await repository.save(connection("one"), expecting: nil)
            let statuses: [Connection.Status] = [
                .syncing, .reconnectRequired(code: "invalid_grant"), .disabled, .active,
            ]
            for status in statuses {
                current.status = status
                current = try await repository.save(current, expecting: current.revision)
                try promise.equal(try await repository.connection(current.key)?.status, status, "the status")
            }
        },
        Check("a save on another revision than the stored one is refused and changes nothing") { repository, promise in
            let first = try await repository.save(connection("one"), expecting: nil)
            var changed = first
            changed.isSyncEnabled = false
            let second = try await repository.save(changed, expecting: first.revision)
            for revision in [nil, first.revision] {
                try await promise.fails(with: .revisionConflict, "a save expecting \(revision ?? 0)") {
                    try await repository.save(first, expecting: revision)
                }
            }
            try promise.equal(try await repository.connection(first.key), second, "the stored connection")
        },
        Check("a save that expects a connection that is gone is refused") { repository, promise in
            let saved = try await repository.save(connection("one"), expecting: nil)
            try await repository.deleteConnection(saved.key)
            try await promise.fails(with: .revisionConflict, "the save") {
                try await repository.save(saved, expecting: saved.revision)
            }
            try promise.equal(try await repository.connection(saved.key), nil, "the stored connection")
        },
        Check("the connections of a tenant come by creation, then id, without another's") { repository, promise in
            for made in [
                connection("b"), connection("a"), connection("old", age: 60), connection("x", tenant: "globex"),
            ] {
                try await repository.save(made, expecting: nil)
            }
            let ids = try await repository.connections(of: "acme").map(\.key.connection)
            try promise.equal(ids, ["old", "a", "b"], "the ids")
        },
        Check("two tenants may use one connection id") { repository, promise in
            let ours = try await repository.save(connection("one"), expecting: nil)
            let theirs = try await repository.save(connection("one", tenant: "globex"), expecting: nil)
            try await repository.deleteConnection(theirs.key)
            try promise.equal(try await repository.connection(ours.key), ours, "our connection")
            try promise.equal(try await repository.connection(theirs.key), nil, "their connection")
        },
        Check("a grant is shared by connections of any tenant, unless they are switched off") { repository, promise in
            func isShared(besides key: ConnectionKey?) async throws -> Bool {
                try await repository.sharesGrant(
                    provider: "example",
                    clientID: "client",
                    account: "account-one",
                    besides: key
                )
            }
            try promise.equal(try await isShared(besides: nil), false, "sharing without a connection")
            let ours = try await repository.save(connection("one"), expecting: nil)
            try await repository.save(connection("two"), expecting: nil)
            try promise.equal(try await isShared(besides: nil), true, "sharing with the connection itself")
            try promise.equal(try await isShared(besides: ours.key), false, "sharing with another account")
            var theirs = try await repository.save(connection("one", tenant: "globex"), expecting: nil)
            try promise.equal(try await isShared(besides: ours.key), true, "sharing with another tenant")
            theirs.status = .disabled
            try await repository.save(theirs, expecting: theirs.revision)
            try promise.equal(try await isShared(besides: ours.key), false, "sharing with one that is switched off")
        },
        Check("deleting a connection that is not there succeeds") { repository, _ in
            try await repository.deleteConnection(ConnectionKey(tenant: "acme", connection: "none"))
        },
    ]

    private static let attempts: [Check] = [
        Check("an attempt is taken as it was, once") { repository, promise in
            try await repository.save(attempt("a"))
            try promise.equal(try await repository.takeAttempt(stateDigest: "b", now: start), nil, "an unknown attempt")
            let taken = try await repository.takeAttempt(stateDigest: "a", now: start)
            try promise.equal(taken == attempt("a"), true, "the attempt comes back")
            try promise.equal(try await repository.takeAttempt(stateDigest: "a", now: start), nil, "the second answer")
        },
        Check("of concurrent callers exactly one gets the attempt") { repository, promise in
            try await repository.save(attempt("a"))
            let count = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 {
                    group.addTask { try await repository.takeAttempt(stateDigest: "a", now: start) != nil }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            try promise.equal(count, 1, "takers")
        },
        Check("an attempt is not given out once it has expired") { repository, promise in
            try await repository.save(attempt("a"))
            try await repository.save(attempt("b"))
            let before = try await repository.takeAttempt(stateDigest: "a", now: start.addingTimeInterval(599))
            try promise.equal(before != nil, true, "an attempt before its expiry is given out")
            let after = try await repository.takeAttempt(stateDigest: "b", now: start.addingTimeInterval(600))
            try promise.equal(after, nil, "the attempt at its expiry")
        },
    ]

    private static let erasure: [Check] = [
        Check("erasing a person leaves nothing of the person and all of the others (M-53)") { repository, promise in
            var shared = connection("two")
            shared.owner = .organization
            let kept = [
                try await repository.save(shared, expecting: nil),
                try await repository.save(connection("one", tenant: "globex"), expecting: nil),
            ]
            let erased = try await repository.save(connection("one"), expecting: nil)
            for (digest, user, owner) in [
                ("started", "ada", .organization), ("for", "grace", .user("ada")), ("other", "grace", .organization),
            ] as [(String, UserID, Connection.Owner)] {
                try await repository.save(attempt(digest, by: user, for: owner))
            }
            for _ in 0..<2 { try await repository.erase(.person("ada", of: "acme")) }
            try promise.equal(try await repository.connection(erased.key), nil, "the person's connection")
            for connection in kept {
                try promise.equal(try await repository.connection(connection.key), connection, "another connection")
            }
            for (digest, isThere) in [("started", false), ("for", false), ("other", true)] {
                let taken = try await repository.takeAttempt(stateDigest: digest, now: start)
                try promise.equal(taken != nil, isThere, "whether the attempt “\(digest)” is there")
            }
            try await promise.fails(with: .revisionConflict, "a change that was decided before") {
                try await repository.save(erased, expecting: erased.revision)
            }
        },
        Check("erasing a tenant leaves nothing of it and all of another (M-53)") { repository, promise in
            var organisations = connection("two")
            organisations.owner = .organization
            try await repository.save(organisations, expecting: nil)
            try await repository.save(connection("one"), expecting: nil)
            try await repository.save(attempt("a"))
            let theirs = try await repository.save(connection("one", tenant: "globex"), expecting: nil)
            for _ in 0..<2 { try await repository.erase(.tenant("acme")) }
            try promise.equal(try await repository.connections(of: "acme"), [], "the connections")
            try promise.equal(try await repository.takeAttempt(stateDigest: "a", now: start), nil, "the attempt")
            try promise.equal(try await repository.connections(of: "globex"), [theirs], "another's connections")
            try await repository.erase(.person("ada", of: "initech"))
        },
    ]
}
