import CalendarCore
import MicrosoftProvider
import Testing

@Suite("Microsoft: fields that only other services have")
struct ForeignFieldTests {
    private static func content(_ change: (inout EventContent) -> Void = { _ in }) -> EventContent {
        let day = CivilDate(year: 2026, month: 5, day: 4) ?? .earliest
        var content = EventContent(title: "Kick-off", start: .day(day), end: .day(day.adding(days: 1)))
        change(&content)
        return content
    }

    static let foreign: [(EventField, EventContent)] = [
        (.source, content { $0.source = EventSource(url: "https://x.example/1") }),
        (.guestRights, content { $0.guestRights.mayInviteOthers = false }),
    ]

    @Test("each is a declared loss and makes no difference between contents", arguments: foreign)
    func lost(_ field: EventField, _ content: EventContent) {
        let provider = MicrosoftCalendarProvider()

        #expect(provider.losses(writing: content).map(\.field) == [field])
        #expect(provider.canonical(content) == provider.canonical(Self.content()))
        #expect(provider.losses(writing: Self.content()).isEmpty)
    }

    @Test("what a service says of an event and nobody writes makes no difference either")
    func told() {
        let provider = MicrosoftCalendarProvider()
        let told = Self.content {
            $0.writability = .personal
            $0.kindDetails = .outOfOffice(.init(message: "Away"))
        }

        #expect(provider.canonical(told) == provider.canonical(Self.content()))
    }
}
