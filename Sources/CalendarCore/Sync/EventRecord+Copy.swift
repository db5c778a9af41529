import Foundation

extension EventRecord {
    /// What a copy of the event in a further calendar says: everything but who is invited (requirement M-12).
    ///
    /// A copy has no guests, no organizer and no conference of its own, so no service sends mail for it. Occurrences that
    /// the series' service does not list any more are excluded by date, which every service understands.
    ///
    /// - Parameter moved: The original starts of occurrences that have records of their own.
    /// - Returns: The content.
    func copiedContent(besides moved: Set<Date> = []) -> EventContent {
        var copy = content
        copy.attendees = []
        copy.attendeesAreIncomplete = false
        copy.organizer = nil
        copy.conference = nil
        copy.guestRights = GuestRights()
        copy.attachments = []
        copy.kind = .standard
        copy.kindDetails = nil
        copy.writability = .full
        copy.hostTags = [:]
        if let recurrence = content.recurrence {
            let listed = listedOccurrences
            let known = (listed?.originalStarts ?? []) + moved
            let missing = listed.map { content.starts(in: $0.window, besides: known) } ?? []
            if !missing.isEmpty {
                let line = DateLine.text("EXDATE", missing.map { SeriesMoment($0) })
                copy.recurrence = Recurrence(lines: recurrence.lines + [line])
            }
        }
        return copy
    }
}
