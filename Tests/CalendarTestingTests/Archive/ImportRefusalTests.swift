import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Import refuses what it cannot store")
struct ImportRefusalTests {
    private let origin = CalendarStorage.inMemory()
    private let storage = CalendarStorage.inMemory()

    /// What is done to the lines of an export, and what becomes of it.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let failure: ImportFailure
        let field: String
        let change: @Sendable (inout [String]) -> Void

        init(
            _ text: String,
            _ failure: ImportFailure,
            _ field: String,
            _ change: @escaping @Sendable (inout [String]) -> Void
        ) {
            (testDescription, self.failure, self.field, self.change) = (text, failure, field, change)
        }
    }

    static let damages = [
        Damage("nothing", .incomplete, "lines[1]") { $0 = [] },
        Damage("no JSON", .foreign, "lines[1].export") { $0[0] = "BEGIN:VCALENDAR" },
        Damage("another format", .foreign, "lines[1].export") {
            $0[0] = #"{"export":{"format":"other","tenant":"acme","version":1}}"#
        },
        Damage("a newer version, whatever else it says", .newer, "lines[1].export.version") {
            $0[0] = #"{"export":{"format":"swift-calendar.export","version":2}}"#
        },
        Damage("another tenant's header", .foreign, "lines[1].tenant") {
            $0[0] = $0[0].replacing("acme", with: "other")
        },
        Damage("a person's export", .foreign, "lines[1].export.user") {
            $0[0] = #"{"export":{"format":"swift-calendar.export","tenant":"acme","user":"ada","version":1}}"#
        },
        Damage("a line that is cut off", .broken, "lines[2]") { $0[1].removeLast(3) },
        Damage("an empty line", .broken, "lines[3]") { $0[2] = "" },
        Damage("a kind that nobody knows", .broken, "lines[4]") { $0[3] = #"{"secret":{}}"# },
        Damage("two kinds in one line", .broken, "lines[4]") { $0[3] = #"{"end":3,"record":{}}"# },
        Damage("a record without its content", .broken, "lines[4].record") {
            $0[3] = #"{"record":{"id":"r1","tenant":"acme"}}"#
        },
        Damage("a record of another tenant", .foreign, "lines[4].tenant") {
            $0[3] = $0[3].replacing(#""tenant":"acme""#, with: #""tenant":"other""#)
        },
        Damage("a second header", .broken, "lines[2].export") { $0[1] = $0[0] },
        Damage("a connection twice", .broken, "lines[3].connection") { $0[2] = $0[1] },
        Damage("a record twice", .broken, "lines[4...7]") { $0[4] = $0[3] },
        Damage("a line that is missing", .incomplete, "lines[18].end") { $0.remove(at: 3) },
        Damage("no last line", .incomplete, "lines[19]") { $0.removeLast() },
        Damage("a line behind the last one", .broken, "lines[20]") { $0.append($0[3]) },
    ]

    @Test("M-53 the error names the line and what is wrong, and nothing is stored", arguments: damages)
    func refused(_ damage: Damage) async throws {
        try await CalendarStorageConformance.fill(origin)
        var lines = try await origin.export(.tenant("acme")).all()
        try #require(lines.count == 19)
        damage.change(&lines)
        let error = try await failure { [lines] in
            try await storage.importTenant("acme", from: LineSequence(lines))
        }
        #expect(error.code == .invalidArgument)
        #expect(error.reason == damage.failure.rawValue)
        #expect(error.field == damage.field)
        #expect(!error.description.contains("Ada-Marker") && !error.description.contains("@"))
        #expect(try await storage.export(.tenant("acme")).all().count == 2)
        #expect(try await storage.events.calendars(of: "acme") == [])
    }

    @Test("M-53 after a crash an export is refused, and the next import begins anew")
    func crashed() async throws {
        try await CalendarStorageConformance.fill(origin)
        let lines = try await origin.export(.tenant("acme")).all()
        let dying = CalendarStorage(
            events: DyingRepository(next: storage.events),
            connections: storage.connections,
            tokens: storage.tokens
        )
        let error = try await failure { try await dying.importTenant("acme", from: LineSequence(lines)) }
        #expect(error.code == .storage)
        #expect(try await !storage.events.records(of: "acme", after: nil, limit: 9).isEmpty)
        #expect(try await storage.connections.connections(of: "acme").isEmpty)
        #expect(try await failure { _ = try await storage.export(.tenant("acme")).all() }.code == .conflict)

        try await storage.importTenant("acme", from: LineSequence(lines))
        #expect(try await storage.export(.tenant("acme")).all() == lines)
    }
}

/// A repository whose process ends when the second calendar is stored, and before anything can be erased.
private struct DyingRepository: ForwardingEventRepository {
    let next: any EventRepository

    func commit(_ commit: RepositoryCommit) async throws {
        guard commit.state?.calendar.connection != "grace" else {
            throw CalendarError(.storage, "The process has ended.")
        }
        try await next.commit(commit)
    }

    func erase(_ erasure: EventErasure) async throws {
        throw CalendarError(.storage, "The process has ended.")
    }
}
