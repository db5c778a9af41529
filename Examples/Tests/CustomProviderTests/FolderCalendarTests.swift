import CalendarCore
import CalendarTesting
import FolderCalendar
import Foundation
import Testing

@Suite("A provider from outside")
struct FolderCalendarTests {
    // snippet: provider-conformance
    @Test("keeps the promises of a provider", arguments: CalendarProviderConformance.all)
    func conforms(_ check: CalendarProviderConformance.Check) async throws {
        let folder = URL.temporaryDirectory.appendingPathComponent("folder-calendar-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let service = try CalendarFolder(folder)
        let outcome = try await check.run {
            var subject = ProviderUnderTest(
                provider: FolderCalendarProvider(service, pageSize: 2),
                session: Self.session,
                calendar: "main",
                expireFeed: { try await service.compact("main") }
            )
            subject.makeCalendar = {
                try await service.add("second")
                return "second"
            }
            subject.makeUnreadable = { try await service.damage($0.rawValue, in: "main") }
            return subject
        }
        if case .skipped(let reason) = outcome {
            #expect(reason.hasPrefix("the provider") || reason == "no reply can be lost")
        }
    }
    // snippet end

    @Test("calendars are files, and the main one comes first (M-09)")
    func calendars() async throws {
        let folder = URL.temporaryDirectory.appendingPathComponent("folder-calendar-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let service = try CalendarFolder(folder)
        try await service.add("archive")

        let found = try await FolderCalendarProvider(service).calendars(session: Self.session)

        #expect(found.map(\.id) == ["main", "archive"])
    }

    @Test("what a file has no field for is declared lost (F-03)")
    func losses() throws {
        let folder = URL.temporaryDirectory.appendingPathComponent("folder-calendar-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let provider = FolderCalendarProvider(try CalendarFolder(folder))
        let day = CivilDate(daysSinceEpoch: 20_514)
        var content = EventContent(title: "Kept", start: .day(day), end: .day(day.adding(days: 1)))
        #expect(provider.losses(writing: content).isEmpty)

        content.visibility = .private
        content.attendees = [Attendee("grace@example.com")]

        #expect(provider.losses(writing: content).map(\.field) == [.attendees, .visibility])
    }

    private static let session = ProviderSession(
        connection: ConnectionKey(tenant: "acme", connection: "c1"),
        accountAddress: "ada@example.com",
        accountKey: "ada",
        http: ScriptedTransport(),
        clock: ManualClock()
    )
}
