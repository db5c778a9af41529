import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Export")
struct ExportTests {
    private let storage = CalendarStorage.inMemory()
    private static let calendar = CalendarKey(tenant: "acme", connection: "c1", calendar: "main")

    @Test("M-53 each line is one object that says what it is, and versions of the store are left out")
    func lines() async throws {
        var commit = RepositoryCommit(tenant: "acme")
        commit.state = CalendarSyncState(calendar: Self.calendar)
        commit.state?.cursor = SyncCursor("page/7")
        commit.issues = [SyncIssue(event: "e1", code: .unknownZone, message: "The zone is unknown.")]
        commit.changes = [
            RecordChange(
                record: "r1",
                kind: .removed,
                reason: .localEdit,
                calendar: nil,
                activity: "deal",
                at: Date(timeIntervalSinceReferenceDate: 12.5)
            )
        ]
        try await storage.events.commit(commit)
        try await storage.connections.save(
            Connection(
                key: ConnectionKey(tenant: "acme", connection: "c1"),
                owner: .organization,
                provider: "example",
                account: ExternalAccount(key: "7", address: "ada@example.com"),
                clientID: "client",
                clientLabel: "Label",
                grantedScopes: ["b", "a"],
                capabilities: [],
                createdAt: Date(timeIntervalSinceReferenceDate: 1),
                updatedAt: Date(timeIntervalSinceReferenceDate: 2)
            ),
            expecting: nil
        )
        let lines = try await storage.export(.tenant("acme")).all()
        try #require(lines.count == 5)
        #expect(lines[0] == #"{"export":{"format":"swift-calendar.export","tenant":"acme","version":1}}"#)
        let connection =
            #"{"connection":{"accountAddress":"ada@example.com","accountKey":"7","capabilities":[],"#
            + #""clientID":"client","clientLabel":"Label","createdAt":1,"grant":{"authorizationCode":{}},"#
            + #""grantedScopes":["b","a"],"isSyncEnabled":true,"key":{"connection":"c1","tenant":"acme"},"#
            + #""owner":{"organization":{}},"provider":"example","revision":0,"selection":{},"#
            + #""status":{"active":{}},"updatedAt":2}}"#
        #expect(lines[1] == connection)
        #expect(lines[2].hasPrefix(#"{"calendar":{"issues":[{"code":{"rawValue":"unknownZone"},"event":"e1","#))
        #expect(lines[2].contains(#""page/7""#))
        #expect(lines[2].contains(#""revision":0"#))
        #expect(
            lines[3]
                == #"{"change":{"activity":"deal","at":12.5,"fields":[],"kind":"removed","reason":"localEdit","record":"r1"}}"#
        )
        #expect(lines[4] == #"{"end":4}"#)
    }

    @Test("M-53 no line holds a sign that a reader of lines takes for an end")
    func lineEnds() async throws {
        try await CalendarStorageConformance.fill(storage)
        let lines = try await storage.export(.tenant("acme")).all()
        let ends: Set<Unicode.Scalar> = ["\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}"]
        #expect(!lines.contains { $0.unicodeScalars.contains(where: ends.contains) })
        #expect(lines.contains { $0.contains(#"with ü, \u2028 and \u0085"#) })

        let copy = CalendarStorage.inMemory()
        try await copy.importTenant("acme", from: LineSequence(lines))
        let title = try await copy.events.record("ada-1", tenant: "acme")?.content.title
        #expect(title == "Ada-Marker with ü, \u{2028} and \u{85}")
    }

    @Test("M-53 an export of a tenant that nobody knows is empty but for its first and last line")
    func unknown() async throws {
        let lines = try await storage.export(.person("ada", of: "acme")).all()
        #expect(
            lines == [
                #"{"export":{"format":"swift-calendar.export","tenant":"acme","user":"ada","version":1}}"#,
                #"{"end":1}"#,
            ]
        )
    }
}
