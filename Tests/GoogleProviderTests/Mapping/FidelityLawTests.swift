import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: laws of the mapping, over drawn contents")
struct FidelityLawTests {
    private let provider = GoogleCalendarProvider()

    private func contents(_ seed: UInt64, count: Int = 25) -> [EventContent] {
        var generator = ContentGenerator(seed: seed)
        return (0..<count).map { _ in generator.content() }
    }

    private func read(_ google: ScriptedGoogle, after creating: EventContent) async throws -> RemoteEvent {
        let creation = EventCreation(key: "0123456789abcdef", content: creating, invitations: .silent)
        return try await provider.create(creation, in: "cal", session: google.session)
    }

    @Test("what is written and read again is the canonical form, and that is its own", arguments: 1...8)
    func created(seed: Int) async throws {
        for content in contents(UInt64(seed)) {
            let canonical = provider.canonical(content)

            let event = try await read(.echoing(), after: content)

            #expect(provider.canonical(event.content) == canonical)
            #expect(provider.canonical(canonical) == canonical)
        }
    }

    @Test("any content patched onto any other becomes its canonical form", arguments: 1...8)
    func patched(seed: Int) async throws {
        let all = contents(UInt64(seed))
        for (first, second) in zip(all, all.dropFirst()) {
            let google = ScriptedGoogle.echoing()
            let before = try await read(google, after: first)
            let update = EventUpdate(
                id: before.id,
                etag: before.etag,
                base: provider.canonical(before.content),
                content: second,
                invitations: .silent
            )

            let after = try await provider.update(update, in: "cal", session: google.session)

            #expect(provider.canonical(after.content) == keepingAnswers(second, of: before))
        }
    }

    /// What the others answered survives a list that says "no answer" for them; one's own answer is one's own.
    private func keepingAnswers(_ content: EventContent, of event: RemoteEvent) -> EventContent {
        var content = content
        for index in content.attendees.indices {
            let guest = content.attendees[index]
            guard guest.response == .needsAction, !guest.isSelf else { continue }
            let earlier = event.content.attendees.first { $0.person.isSamePerson(as: guest.person) }
            content.attendees[index].response = earlier?.response ?? .needsAction
        }
        return provider.canonical(content)
    }

    @Test("an event that was read and not changed sends nothing back", arguments: 1...8)
    func unchanged(seed: Int) async throws {
        for content in contents(UInt64(seed)) {
            let event = try await read(.echoing(), after: content)

            #expect(try GoogleSamples.patch(from: event.content, to: event.content) == [:])
        }
    }

    @Test("a field that comes back as something else is a declared loss", arguments: 1...8)
    func declared(seed: Int) async throws {
        for content in contents(UInt64(seed)) {
            let lost = Set(provider.losses(writing: content).map(\.field))

            let event = try await read(.echoing(), after: content)

            let different = event.content.plain.changedFields(from: content.plain)
            #expect(different.subtracting(lost).isEmpty, "\(different.subtracting(lost).sorted())")
        }
    }
}

extension EventContent {
    /// The content without what carries no meaning: case of addresses, order, absence spelled in two ways, blanks at
    /// the end of a text, second names of zones and readings.
    fileprivate var plain: EventContent {
        var content = self
        content.title = Self.said(title)
        content.location = Self.said(location)
        if let text = body?.text.replacingOccurrences(of: "\r\n", with: "\n") {
            let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
            content.body = trimmed.isEmpty ? nil : EventBody(trimmed, isHTML: body?.isHTML ?? false)
        }
        content.start = Self.utc(start)
        content.end = Self.utc(end)
        content.recurrence = recurrence.map { Recurrence(lines: $0.lines.filter { !$0.hasPrefix("DTSTART") }.sorted()) }
        content.source?.title = Self.said(source?.title)
        content.attendees = attendees.map { guest in
            var guest = guest
            guest.person = EventPerson(guest.person.address.lowercased(), name: Self.said(guest.person.name))
            guest.comment = Self.said(guest.comment)
            guest.isSelf = false
            if guest.response == .organizer { guest.response = .accepted }
            return guest
        }
        .sorted { $0.person.address < $1.person.address }
        content.reminders = reminders ?? EventReminders(usesDefault: true)
        let overrides = Set(content.reminders?.overrides ?? [])
        content.reminders?.overrides = overrides.sorted {
            ($0.minutesBefore, $0.method) < ($1.minutesBefore, $1.method)
        }
        return content
    }

    private static func said(_ text: String?) -> String? { text?.isEmpty == true ? nil : text }

    private static func utc(_ time: EventTime) -> EventTime {
        guard case .zoned(let zoned) = time else { return time }
        return .zoned(ZonedDateTime(zoned.date, in: .utc))
    }
}
