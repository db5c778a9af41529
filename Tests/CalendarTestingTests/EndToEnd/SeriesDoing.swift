import CalendarCore
import CalendarTesting
import Foundation
import Testing

/// What a user does to the standup of ``World/standup(_:)`` from its occurrence on 30 March, and what must come of it.
///
/// The expectations are written by hand: days and times in Vienna, where the clocks change on the 29th.
enum SeriesDoing: String, CaseIterable, CustomTestStringConvertible {
    case cancelOne, renameOne, moveOne, renameAll, moveAll, renameFollowing, moveFollowing, endBefore, deleteAll

    var testDescription: String { rawValue }

    /// The agenda of the standup before anything is done.
    static let before = [
        "03-26 10:00 Standup", "03-28 10:00 Standup @Garden", "03-29 10:00 Standup", "03-30 10:00 Standup",
        "03-31 10:00 Demo", "04-01 10:00 Standup", "04-02 10:00 Standup",
    ]

    /// The agenda of the standup after it is done.
    var after: [String] {
        switch self {
        case .cancelOne: Self.before.filter { !$0.hasPrefix("03-30") }
        case .renameOne: Self.before.map { $0.hasPrefix("03-30") ? "03-30 10:00 Special" : $0 }
        case .moveOne: Self.before.map { $0.hasPrefix("03-30") ? "03-30 15:00 Standup" : $0 }
        case .renameAll: Self.before.map { $0.replacing("Standup", with: "Daily") }
        case .moveAll: Self.before.map { $0.replacing("10:00", with: "11:00") }
        case .renameFollowing:
            Array(Self.before.prefix(3)) + Self.before.dropFirst(3).map { $0.replacing("Standup", with: "Daily") }
        case .moveFollowing:
            Array(Self.before.prefix(3)) + Self.before.dropFirst(3).map { $0.replacing("10:00", with: "11:00") }
        case .endBefore: Array(Self.before.prefix(3))
        case .deleteAll: []
        }
    }

    /// Whether it makes a second series.
    var divides: Bool { self == .renameFollowing || self == .moveFollowing }

    func perform(_ occurrence: OccurrenceReference, _ host: ActingCalendars) async throws {
        let hour = 3600.0
        switch self {
        case .cancelOne: try await host.delete(occurrence, scope: .this, invitations: .silent)
        case .renameOne: try await host.update(occurrence, scope: .this, invitations: .silent) { $0.title = "Special" }
        case .moveOne: try await host.update(occurrence, scope: .this, invitations: .silent) { $0.move(by: 5 * hour) }
        case .renameAll: try await host.update(occurrence, scope: .all, invitations: .silent) { $0.title = "Daily" }
        case .moveAll: try await host.update(occurrence, scope: .all, invitations: .silent) { $0.move(by: hour) }
        case .renameFollowing:
            try await host.update(occurrence, scope: .thisAndFollowing, invitations: .silent) { $0.title = "Daily" }
        case .moveFollowing:
            try await host.update(occurrence, scope: .thisAndFollowing, invitations: .silent) { $0.move(by: hour) }
        case .endBefore: try await host.delete(occurrence, scope: .thisAndFollowing, invitations: .silent)
        case .deleteAll: try await host.delete(occurrence, scope: .all, invitations: .silent)
        }
    }
}

extension EventContent {
    /// Puts the event later, its length unchanged.
    mutating func move(by seconds: Double) {
        start = start.advanced(bySeconds: seconds)
        end = end.advanced(bySeconds: seconds)
    }
}

extension World {
    /// Eight daily standups at ten from 26 March 2026 on: the 27th is cancelled, the 28th in the garden, the 31st a demo.
    func standup(_ service: Service, guests: [Attendee] = []) throws -> RemoteEventID {
        let simulator = simulator(service)
        var content = try Self.event("Standup", on: "2026-03-26")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=8"])
        content.attendees = guests
        let id = simulator.add(content, to: service.address, calendar: nil)
        simulator.cancelOccurrence(
            of: id,
            startingAt: try Self.time("2026-03-27T10:00:00"),
            of: service.address,
            calendar: nil
        )
        simulator.editOccurrence(of: id, at: try Self.time("2026-03-28T10:00:00"), of: service.address) {
            $0.location = "Garden"
        }
        simulator.editOccurrence(of: id, at: try Self.time("2026-03-31T10:00:00"), of: service.address) {
            $0.title = "Demo"
        }
        return id
    }

    /// The agenda in lines such as `03-28 10:00 Standup @Garden`.
    func lines(_ service: Service, of host: ActingCalendars? = nil) async throws -> [String] {
        let start = try Self.instant("2026-03-20T00:00:00Z")
        let entries = try await (host ?? self.host(service))
            .agenda(from: start, to: start.addingTimeInterval(30 * 86_400), in: Self.vienna)
        return entries.map(Self.line)
    }

    static func line(_ entry: AgendaEntry) -> String {
        let civil = "\(vienna.civil(at: entry.start))"
        let place = entry.content.location.map { " @\($0)" } ?? ""
        return "\(civil.dropFirst(5).prefix(5)) \(civil.dropFirst(11).prefix(5)) \(entry.content.title ?? "")\(place)"
    }

    /// What a host that was never there before sees: the state of the service, read through its feed alone.
    func freshLines(_ service: Service) async throws -> [String] {
        let fresh = host(service, on: .inMemory(), seed: 99)
        let start = try await fresh.connect(service.id)
        let callback = try simulator(service).consent(to: start.url, as: service.address, granting: nil)
        let connection = try await fresh.complete(callback: callback, of: start.cookie).key.connection
        try await fresh.sync(connection).finish()
        return try await lines(service, of: fresh)
    }

    /// The standup's occurrence on a day of March or April.
    func occurrence(_ day: String, _ service: Service) async throws -> OccurrenceReference {
        let start = try Self.instant("2026-03-20T00:00:00Z")
        let entries = try await host(service)
            .agenda(from: start, to: start.addingTimeInterval(30 * 86_400), in: Self.vienna)
        let entry = try #require(entries.first { Self.line($0).hasPrefix(day) })
        return try #require(entry.occurrence)
    }

    /// Every record that is stored.
    func records() async throws -> [EventRecord] { try await StoredState(self).records }
}

/// Compares an agenda with what a person wrote down, so that a failure shows both.
func expect(
    _ found: [String],
    _ expected: [String],
    _ comment: Comment = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found == expected, comment, sourceLocation: sourceLocation)
}
