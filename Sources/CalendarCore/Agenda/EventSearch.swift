public import Foundation

/// What is looked for among the stored events (requirement M-45); what is nil does not matter.
public struct EventSearch: Hashable, Sendable {
    /// The start of the span in which it takes place, inclusive.
    public var start: Date
    /// The end of the span, exclusive.
    public var end: Date
    /// The zone in which all-day events are read.
    public var zone: EventZone
    /// The connection it is seen through.
    public var connection: ConnectionID?
    /// Somebody who called it or is invited, by mail address.
    public var person: EventPerson?
    /// What it belongs to in the host.
    public var activity: ActivityID?
    /// Words of which each occurs in the title, the location or the text; case and accents do not matter.
    ///
    /// A text in HTML is searched as it is written.
    public var text: String?

    /// Looks for everything in a span of time; set the rest through the properties.
    public init(from start: Date, to end: Date, in zone: EventZone) {
        self.start = start
        self.end = end
        self.zone = zone
    }
}

extension EventSearch {
    /// Whether an entry of the span is what is looked for.
    func matches(_ entry: AgendaEntry) -> Bool {
        if let activity, entry.activity != activity { return false }
        if let person, !entry.content.concerns(person) { return false }
        guard let text else { return true }
        let parts = [entry.content.title, entry.content.location, entry.content.body?.text].compactMap(\.self)
        return text.split(whereSeparator: \.isWhitespace).allSatisfy { word in
            parts.contains { $0.range(of: word, options: [.caseInsensitive, .diacriticInsensitive]) != nil }
        }
    }
}

extension EventContent {
    /// Whether somebody called the event or is invited.
    fileprivate func concerns(_ person: EventPerson) -> Bool {
        organizer?.isSamePerson(as: person) ?? false || attendees.contains { $0.person.isSamePerson(as: person) }
    }
}
