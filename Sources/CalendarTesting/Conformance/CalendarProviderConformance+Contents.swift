import CalendarCore
import Foundation

extension CalendarProviderConformance {
    /// The law of canonical forms, one check for each kind of content.
    static let contents: [Check] = ContentSample.all.flatMap { sample in
        [
            Check("\(sample.name) reads as it was written, or the loss is declared") { subject, promise in
                var written = subject.content("Sample", hour: 26)
                sample.edit(&written)
                let created = try await subject.create(written, key: 1)
                let declared = Set(subject.provider.losses(writing: written).map(\.field))
                let expected = subject.provider.canonical(written)
                for (answer, event) in [("creating", created), ("reading", try await subject.read(created.id))] {
                    let found = subject.canonical(event).changedFields(from: expected).subtracting(declared)
                    try promise.equal(found.sorted(), [], "the fields that \(answer) answers otherwise")
                }
            },
            Check("\(sample.name) has a canonical form that is its own canonical form") { subject, promise in
                var content = subject.content("Sample", hour: 26)
                sample.edit(&content)
                let once = subject.provider.canonical(content)
                try promise.equal(subject.provider.canonical(once), once, "the canonical form")
            },
        ]
    }
}

/// One kind of content that a service has to keep, or to declare as lost.
private struct ContentSample: Sendable {
    let name: String
    let edit: @Sendable (inout EventContent) -> Void

    static let all: [ContentSample] = [
        .init(name: "an event without a title") { $0.title = nil },
        .init(name: "a title in many scripts") { $0.title = "Größe 会議 – مرحبا 👩‍👩‍👧 \"'<&>" },
        .init(name: "a text") { $0.body = EventBody("First line\nSecond & last line") },
        .init(name: "a text in HTML") { $0.body = EventBody("<p>One <b>bold</b> word</p>", isHTML: true) },
        .init(name: "a location") { $0.location = "Room 5, 2nd floor" },
        .init(name: "a public event") { $0.visibility = .public },
        .init(name: "a private event") { $0.visibility = .private },
        .init(name: "a confidential event") { $0.visibility = .confidential },
        .init(name: "a personal event") { $0.visibility = .personal },
        .init(name: "free time") { $0.availability = .free },
        .init(name: "tentatively busy time") { $0.availability = .tentative },
        .init(name: "time out of office") { $0.availability = .outOfOffice },
        .init(name: "work elsewhere") { $0.availability = .workingElsewhere },
        .init(name: "a tentative event") { $0.status = .tentative },
        .init(name: "an important event") { $0.importance = .high },
        .init(name: "an unimportant event") { $0.importance = .low },
        .init(name: "an event without reminders") { $0.reminders = EventReminders(usesDefault: false) },
        .init(name: "an event with the calendar's reminders") { $0.reminders = EventReminders(usesDefault: true) },
        .init(name: "an event with its own reminder") { content in
            content.reminders = EventReminders(usesDefault: false, overrides: [.init(minutesBefore: 30)])
        },
        .init(name: "an event with two reminders") { content in
            let overrides = [EventReminders.Reminder(minutesBefore: 10), .init(method: "email", minutesBefore: 1440)]
            content.reminders = EventReminders(usesDefault: false, overrides: overrides)
        },
        .init(name: "an event with categories") { $0.categories = ["Travel", "Urgent"] },
        .init(name: "a coloured event") { $0.color = "5" },
        .init(name: "an event with the host's marks") { $0.hostTags = ["activity": "17", "kind": "call"] },
        .init(name: "an event with a link to a file") { content in
            content.attachments = [EventAttachment(url: "https://files.example.com/plan.pdf", title: "Plan")]
        },
        .init(name: "a weekly series") { $0.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=5"]) },
        .init(name: "a series on two days a week") { content in
            content.begin { $0.weekday == .monday }
            content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"])
        },
        .init(name: "a series on the last Friday of each month") { content in
            content.begin { $0.weekday == .friday && $0.adding(days: 7).month != $0.month }
            content.recurrence = Recurrence(lines: ["RRULE:FREQ=MONTHLY;BYDAY=-1FR"])
        },
        .init(name: "a series once a year") { $0.recurrence = Recurrence(lines: ["RRULE:FREQ=YEARLY"]) },
    ]
}

extension EventContent {
    /// Moves the event to the next day that fits, at the same time of day.
    fileprivate mutating func begin(on fits: (CivilDate) -> Bool) {
        let first = start.civilDate
        let days = (0..<40).first { fits(first.adding(days: $0)) } ?? 0
        start = start.later(byDays: days)
        end = end.later(byDays: days)
    }
}

extension EventTime {
    fileprivate func later(byDays days: Int) -> EventTime {
        switch self {
        case .day(let date): .day(date.adding(days: days))
        case .zoned(let time): .zoned(time.civil.adding(days: days), time.zone)
        }
    }
}
