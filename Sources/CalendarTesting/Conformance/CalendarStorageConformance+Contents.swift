package import CalendarCore
import Foundation

extension CalendarStorageConformance {
    /// In everything that only the person of the samples has.
    package static let marker = "Ada-Marker"
    /// The person of whom everything has the marker.
    package static let person = UserID(marker)
    static let start = EventRepositoryConformance.start

    /// Stores a tenant with two people: one of each kind of thing that is Ada's, with her marker wherever a text may be,
    /// an event that she shares with Grace, and Grace's own.
    ///
    /// - Parameter storage: Where to store it; empty.
    /// - Throws: The store's failure.
    package static func fill(_ storage: CalendarStorage) async throws {
        for user in ["ada", "grace"] {
            let mark = user == "ada" ? marker : user
            try await storage.connections.save(connection(user, mark: mark), expecting: nil)
            try await storage.connections.save(attempt(of: user, mark: mark))
            let credential = Credential(
                accessToken: Secret("access-\(mark)"),
                refreshToken: Secret("refresh-\(mark)"),
                expiresAt: start,
                scopes: [mark]
            )
            let key = ConnectionKey(tenant: "acme", connection: ConnectionID(user))
            try await storage.tokens.save(credential, for: key, expecting: nil, lease: nil)
        }
        try await storage.events.commit(adas())
        try await storage.events.commit(graces())
    }

    private static func adas() -> RepositoryCommit {
        let calendar = CalendarKey(tenant: "acme", connection: "ada", calendar: CalendarID("\(marker)@example.com"))
        var linked = EventRepositoryConformance.record("ada-1")
        linked.content.title = "\(marker) with ü, \u{2028} and \u{85}"
        linked.iCalUID = "\(marker)@example.com"
        var made = EventRepositoryConformance.record("ada-2", hours: 2)
        made.content.title = marker
        made.owner = .user(person)
        var shared = EventRepositoryConformance.record("shared")
        shared.owner = .user(person)
        var commit = RepositoryCommit(tenant: "acme")
        commit.state = CalendarSyncState(calendar: calendar)
        commit.state?.cursor = SyncCursor(marker)
        commit.state?.syncedAt = start
        commit.records = [linked, made, shared].map { .init($0, expecting: nil) }
        var link = EventRepositoryConformance.link(RemoteEventID("\(marker)-1"), record: "ada-1", in: calendar)
        link.base = linked.content
        link.providerFields = Data(#"{"organizer":"\#(marker)"}"#.utf8)
        commit.links = [link, EventRepositoryConformance.link("shared", record: "shared", in: calendar)]
        var operation = EventRepositoryConformance.operation("ada-o", record: "ada-2", in: calendar)
        operation.content = made.content
        operation.removedRecord = made
        commit.operations = [operation]
        commit.issues = ["one", "two"].map {
            SyncIssue(event: RemoteEventID(marker), code: .unreadableField, field: $0, message: marker)
        }
        commit.conflicts = [EventRepositoryConformance.conflict("ada-k", in: calendar)]
        commit.changes = [
            RecordChange(
                record: "ada-1",
                kind: .created,
                reason: .remoteEdit,
                calendar: calendar,
                activity: ActivityID(marker),
                at: start
            )
        ]
        return commit
    }

    private static func graces() -> RepositoryCommit {
        let calendar = CalendarKey(tenant: "acme", connection: "grace", calendar: "main")
        var commit = RepositoryCommit(tenant: "acme")
        commit.state = CalendarSyncState(calendar: calendar)
        commit.records = [.init(EventRepositoryConformance.record("grace-1"), expecting: nil)]
        commit.links = [
            EventRepositoryConformance.link("e1", record: "grace-1", in: calendar),
            EventRepositoryConformance.link("e2", record: "shared", in: calendar),
        ]
        commit.operations = [EventRepositoryConformance.operation("grace-o", record: "grace-1", in: calendar)]
        commit.changes = [
            RecordChange(
                record: "grace-1",
                kind: .created,
                reason: .localEdit,
                calendar: nil,
                activity: nil,
                at: start
            )
        ]
        return commit
    }

    private static func connection(_ user: String, mark: String) -> Connection {
        Connection(
            key: ConnectionKey(tenant: "acme", connection: ConnectionID(user)),
            owner: .user(UserID(mark)),
            environment: "production",
            provider: "example",
            account: ExternalAccount(key: "account-\(mark)", address: "\(mark)@example.com"),
            clientID: "client",
            clientLabel: "Platform default",
            grantedScopes: ["calendar"],
            capabilities: [.writeEvents, .readEvents],
            selection: CalendarSelection(read: [CalendarID("\(mark)@example.com")], write: nil),
            tokenExpiresAt: start,
            createdAt: start,
            updatedAt: start
        )
    }

    private static func attempt(of user: String, mark: String) -> AuthorizationAttempt {
        AuthorizationAttempt(
            stateDigest: user,
            cookieDigest: "cookie-\(mark)",
            tenant: "acme",
            user: UserID(mark),
            provider: "example",
            owner: .user(UserID(mark)),
            environment: nil,
            clientID: "client",
            redirectURI: "https://host.example/callback",
            requestedScopes: ["calendar"],
            codeVerifier: Secret("verifier-\(mark)"),
            nonce: "nonce-\(mark)",
            intent: .connect,
            createdAt: start,
            expiresAt: start.addingTimeInterval(600)
        )
    }
}

/// Lines that are there already, as a sequence.
package struct LineSequence: AsyncSequence, Sendable {
    private let lines: [String]

    /// Hands out lines one by one.
    package init(_ lines: [String]) {
        self.lines = lines
    }

    /// Starts at the first line.
    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(lines: lines[...]) }

    /// The place in the lines.
    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var lines: ArraySlice<String>

        /// The next line; nil after the last one.
        package mutating func next() async throws -> String? { lines.popFirst() }
    }
}

extension DataExport {
    /// All lines at once.
    package func all() async throws -> [String] {
        var lines: [String] = []
        for try await line in self { lines.append(line) }
        return lines
    }
}
