import CalendarCore
import Foundation
import GoogleProvider
import MicrosoftProvider
import Testing

/// The field table of the two services: what crosses comes back, and what does not is declared beforehand.
@Suite("Events across the two services")
struct CrossingTests {
    private static let google = GoogleCalendarProvider()
    private static let microsoft = MicrosoftCalendarProvider()

    /// The recorded payloads of other people, which are no part of the package.
    private static var folder: URL {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let named = ProcessInfo.processInfo.environment["CALENDAR_SHARED_DATA"]
        return URL(fileURLWithPath: named ?? root.path + "/../shared/data").standardizedFileURL
    }

    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    /// Every event of the payload files of a service, by file.
    private static func events(
        of service: String,
        _ read: (Data) throws -> [RemoteChange]
    ) throws -> [(file: String, event: RemoteEvent)] {
        let folder = folder.appending(path: service + "/events")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
        return files.flatMap { file -> [(file: String, event: RemoteEvent)] in
            let changes = (try? read(Data(contentsOf: file))) ?? []
            return changes.compactMap {
                if case .upserted(let event) = $0 { (file.lastPathComponent, event) } else { nil }
            }
        }
    }

    private static let key: OperationID = "0123456789abcdef0123456789abcdef"

    private static func viaMicrosoft(_ content: EventContent) throws -> EventContent? {
        let creation = EventCreation(key: key, content: content, invitations: .notifyGuests)
        return Self.content(of: try microsoft.changes(reading: microsoft.payload(creating: creation)))
    }

    private static func viaGoogle(_ content: EventContent) throws -> EventContent? {
        let creation = EventCreation(key: key, content: content, invitations: .notifyGuests)
        return Self.content(of: try google.changes(reading: google.payload(creating: creation)))
    }

    private static func content(of changes: [RemoteChange]) -> EventContent? {
        if case .upserted(let event) = changes.first { event.content } else { nil }
    }

    /// What is compared: spelling alone is left to the services; all they could drop stays, so that a loss is seen.
    ///
    /// Answers and who is the organizer belong to each service, and what is told and never written does not travel.
    private static func compared(_ content: EventContent) -> EventContent {
        let spelt = microsoft.canonical(google.canonical(content))
        var content = content
        for field in [EventField.title, .body, .time, .recurrence, .location, .attendees, .reminders] {
            content.take(field, from: spelt)
        }
        content.attendees = content.attendees.map { Attendee($0.person, role: $0.role) }
        return content
    }

    /// Fields that came back otherwise than they went, although nobody declared a loss.
    private static func undeclared(
        _ before: EventContent,
        _ after: EventContent,
        _ losses: [FidelityLoss]
    ) -> [EventField] {
        // One service lists the organizer among the guests, the other does not.
        func compared(_ content: EventContent) -> EventContent {
            var content = content
            content.attendees.removeAll { guest in
                before.organizer.map { $0.isSamePerson(as: guest.person) } ?? false
            }
            return Self.compared(content)
        }
        return compared(after).changedFields(from: compared(before)).subtracting(losses.map(\.field)).sorted()
    }

    @Test(
        "each shared event of Google comes back from Microsoft field by field, but for the declared losses",
        .enabled(if: isPresent, "shared data is absent")
    )
    func googleFirst() throws {
        var (crossed, refused) = (0, 0)
        for (file, event) in try Self.events(of: "google", Self.google.changes(reading:)) {
            let losses = Self.microsoft.losses(writing: event.content)
            do {
                let there = try #require(try Self.viaMicrosoft(event.content), "\(file) \(event.id)")
                let back = try #require(try Self.viaGoogle(there), "\(file) \(event.id)")
                let all = losses + Self.google.losses(writing: there)
                #expect(Self.undeclared(event.content, back, all).isEmpty, "\(file) \(event.id)")
                crossed += 1
            } catch let error as CalendarError {
                // Whatever refuses a series has said so.
                #expect(error.code == .unsupported && error.field == "recurrence", "\(file) \(event.id)")
                #expect(losses.contains { $0.field == .recurrence }, "\(file) \(event.id)")
                refused += 1
            }
        }
        #expect(crossed > 3 * refused && crossed > 40)
    }

    @Test(
        "each shared event of Microsoft comes back from Google field by field, but for the declared losses",
        .enabled(if: isPresent, "shared data is absent")
    )
    func microsoftFirst() throws {
        var crossed = 0
        for (file, event) in try Self.events(of: "microsoft", Self.microsoft.changes(reading:)) {
            let there = try #require(try Self.viaGoogle(event.content), "\(file) \(event.id)")
            let losses = Self.google.losses(writing: event.content) + Self.microsoft.losses(writing: there)
            let back = try #require(try Self.viaMicrosoft(there), "\(file) \(event.id)")
            #expect(Self.undeclared(event.content, back, losses).isEmpty, "\(file) \(event.id)")
            crossed += 1
        }
        #expect(crossed > 30)
    }
}
