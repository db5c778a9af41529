public import CalendarCore
import Foundation

/// What the three stores of a host promise together: export, import and erasure (requirement M-53), one check each.
public enum CalendarStorageConformance {
    /// A check of the stores.
    public typealias Check = ConformanceCheck<CalendarStorage>

    /// Every check.
    public static let all: [Check] = exporting + erasing

    private static let exporting: [Check] = [
        Check("what is imported elsewhere and back again is exported byte for byte the same (M-53)") {
            storage,
            promise in
            let origin = CalendarStorage.inMemory()
            try await fill(origin)
            let lines = try await origin.export(.tenant("acme")).all()
            try await storage.importTenant("acme", from: origin.export(.tenant("acme")))
            try promise.equal(try await storage.export(.tenant("acme")).all(), lines, "the export of the import")
            let copy = CalendarStorage.inMemory()
            try await copy.importTenant("acme", from: storage.export(.tenant("acme")))
            try promise.equal(try await copy.export(.tenant("acme")).all(), lines, "the export of the copy")
            try promise.equal(try await storage.export(.tenant("other")).all().count, 2, "another tenant's lines")
        },
        Check("an export has every page of records, links and changes, and no secret (M-53)") { storage, promise in
            try await fill(storage)
            var many = RepositoryCommit(tenant: "acme")
            let calendar = CalendarKey(tenant: "acme", connection: "grace", calendar: "main")
            for number in 1...1_200 {
                let id = RecordID("many\(number)")
                many.records.append(.init(EventRepositoryConformance.record(id), expecting: nil))
                let event = RemoteEventID("many\(number)")
                many.links.append(EventRepositoryConformance.link(event, record: id, in: calendar))
                many.changes.append(EventRepositoryConformance.change(id))
            }
            try await storage.events.commit(many)
            let lines = try await storage.export(.tenant("acme")).all()
            for kind in ["record", "link", "change"] {
                let found = lines.filter { $0.hasPrefix(#"{"\#(kind)":"#) && $0.contains("many") }
                try promise.equal(found.count, 1_200, "the \(kind) lines")
                try promise.equal(Set(found).count, 1_200, "the different \(kind) lines")
            }
            try promise.equal(lines.last, #"{"end":\#(lines.count - 1)}"#, "the last line")
            let secrets = ["access-", "refresh-", "verifier-", "cookie-", "nonce-"]
            try promise.holds(
                !lines.contains { line in secrets.contains { line.contains($0) } },
                "no line has a token or a part of an attempt"
            )
        },
        Check("an import into a tenant that has anything is refused and changes nothing (M-53)") { storage, promise in
            let origin = CalendarStorage.inMemory()
            try await fill(origin)
            let lines = origin.export(.tenant("acme"))
            try await storage.importTenant("acme", from: lines)
            let before = try await storage.export(.tenant("acme")).all()
            try await promise.fails(with: .conflict, "a second import") {
                try await storage.importTenant("acme", from: lines)
            }
            try promise.equal(try await storage.export(.tenant("acme")).all(), before, "what is stored")
        },
        Check("an import that breaks off leaves nothing, and the next one succeeds (M-53)") { storage, promise in
            let origin = CalendarStorage.inMemory()
            try await fill(origin)
            let lines = try await origin.export(.tenant("acme")).all()
            try await promise.fails(with: .invalidArgument, "an import of half the lines") {
                try await storage.importTenant("acme", from: LineSequence(Array(lines.prefix(lines.count / 2))))
            }
            try promise.equal(try await storage.export(.tenant("acme")).all().count, 2, "the lines of the empty tenant")
            try await storage.importTenant("acme", from: LineSequence(lines))
            try promise.equal(try await storage.export(.tenant("acme")).all(), lines, "the export of the import")
        },
    ]

    private static let erasing: [Check] = [
        Check("nothing of an erased person is left, and all of the others is (M-53)") { storage, promise in
            try await fill(storage)
            for _ in 0..<2 { try await storage.erase(.person(person, of: "acme")) }
            let lines = try await storage.export(.tenant("acme")).all()
            try promise.holds(!lines.contains { $0.contains(marker) }, "no line has the person's marker")
            let records = try await storage.events.records(of: "acme", after: nil, limit: 99)
            try promise.equal(records.map(\.id), ["grace-1", "shared"], "the records")
            let connections = try await storage.connections.connections(of: "acme")
            try promise.equal(connections.map(\.key.connection), ["grace"], "the connections")
            let key = ConnectionKey(tenant: "acme", connection: "ada")
            try promise.holds(try await storage.tokens.credential(for: key) == nil, "the person's tokens are gone")
            let others = ConnectionKey(tenant: "acme", connection: "grace")
            try promise.holds(try await storage.tokens.credential(for: others) != nil, "another's tokens are there")
            let taken = try await storage.connections.takeAttempt(stateDigest: "ada", now: start)
            try promise.equal(taken, nil, "the person's attempt")
            let other = try await storage.connections.takeAttempt(stateDigest: "grace", now: start)
            try promise.holds(other != nil, "another's attempt is there")
        },
        Check("nothing of an erased tenant is left, and it can be imported again (M-53)") { storage, promise in
            try await fill(storage)
            let lines = try await storage.export(.tenant("acme")).all()
            for _ in 0..<2 { try await storage.erase(.tenant("acme")) }
            try promise.equal(try await storage.export(.tenant("acme")).all().count, 2, "the lines of the empty tenant")
            let taken = try await storage.connections.takeAttempt(stateDigest: "grace", now: start)
            try promise.equal(taken, nil, "an attempt")
            for id in ["ada", "grace"] as [ConnectionID] {
                let stored = try await storage.tokens.credential(for: ConnectionKey(tenant: "acme", connection: id))
                try promise.holds(stored == nil, "the tokens of \(id) are gone")
            }
            try await storage.importTenant("acme", from: LineSequence(lines))
            try promise.equal(try await storage.export(.tenant("acme")).all(), lines, "the export of the import")
        },
        Check("a person's export has what is the person's and nothing else (M-53)") { storage, promise in
            try await fill(storage)
            let lines = try await storage.export(.person(person, of: "acme")).all()
            let kinds = lines.map { $0.dropFirst(2).prefix { $0 != "\"" } }
            try promise.equal(
                kinds,
                [
                    "export", "connection", "record", "record", "record", "calendar", "operation", "conflict", "link",
                    "link", "change", "end",
                ],
                "the lines"
            )
            try promise.holds(!lines.contains { $0.contains("grace-1") }, "nothing of another's is in it")
        },
    ]
}
