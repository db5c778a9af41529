import CalendarCore
import Foundation

/// Updates merge at the top level; objects and arrays below it are replaced whole.
extension GraphItem {
    /// Applies a create or update to a single event or master.
    mutating func update(_ input: GraphEventInput, restoresMeeting: Bool = false) throws(GraphFailure) {
        let old = self
        (start, end, isAllDay) = try Self.times(input, start: start, end: end, isAllDay: isAllDay)
        if let node = input.recurrence {
            recurrence = node.isNull ? nil : try GraphRecurrence(node, start: start)
        } else if var rule = recurrence {
            rule.startDate = start.on(rule.zoneName).civil.date
            recurrence = rule
        }
        try moveToFirstDate()
        try checkSpacing()
        let isMoved = start != old.start || end != old.end || isAllDay != old.isAllDay
        let isOther = recurrence.map { rule in !(old.recurrence.map { rule.hasSamePattern(as: $0) } ?? false) } ?? true
        // Outlook forgets changed and deleted occurrences when the pattern or the time changes.
        if isMoved || isOther { (exceptions, cancelledDates) = ([], []) }
        exceptions = exceptions.filter { slot(on: $0.date) != nil }
        fields = Self.merged(fields, with: input)
        try settleMeeting(after: input, before: old.fields, restores: restoresMeeting)
        properties = Self.merged(properties, with: input)
    }

    /// Applies an update to one occurrence, which becomes an exception.
    mutating func update(
        _ slot: GraphSlot,
        with input: GraphEventInput,
        version: Int,
        now: Date
    ) throws(GraphFailure) {
        guard input.recurrence?.isNull ?? true else { throw .invalidRequest("An occurrence has no recurrence.") }
        let times = try Self.times(
            input,
            start: slot.start,
            end: slot.end,
            isAllDay: slot.exception?.isAllDay ?? isAllDay
        )
        let day = times.start.on(recurrence?.zoneName ?? times.start.zoneName).civil.date
        guard day == slot.date || fits(slot, startingOn: day) else { throw .crossing }
        var exception =
            slot.exception
            ?? GraphException(
                date: slot.date,
                start: slot.start,
                end: slot.end,
                isAllDay: isAllDay,
                version: version,
                modified: now
            )
        (exception.start, exception.end, exception.isAllDay) = times
        (exception.version, exception.modified) = (version, now)
        let merged = Self.merged(fields(slot), with: input)
        for member in input.changes.members { exception.overrides[member.key] = merged[member.key] }
        exception.properties = Self.merged(exception.properties, with: input)
        exceptions.removeAll { $0.date == slot.date }
        exceptions.append(exception)
        exceptions.sort { $0.date < $1.date }
    }

    private static func times(
        _ input: GraphEventInput,
        start: GraphTime,
        end: GraphTime,
        isAllDay: Bool
    ) throws(GraphFailure) -> (start: GraphTime, end: GraphTime, isAllDay: Bool) {
        let new = (start: input.start ?? start, end: input.end ?? end, isAllDay: input.isAllDay ?? isAllDay)
        if new.isAllDay != isAllDay, input.start == nil || input.end == nil {
            throw .property("A change of isAllDay needs a start and an end.")
        }
        if new.isAllDay {
            guard new.start.civil.secondOfDay == 0, new.end.civil.secondOfDay == 0 else {
                throw .property("The Event.Start property for an all-day event needs to be set to midnight.")
            }
            guard new.start.zoneName == new.end.zoneName else {
                throw .property("The start and end of an all-day event need to be in the same time zone.")
            }
            guard new.start.civil.date < new.end.civil.date else {
                throw .property("The duration of an all-day event must be at least 24 hours.")
            }
        } else if new.end.date < new.start.date {
            throw GraphFailure(
                status: 400,
                code: "ErrorCalendarEndDateIsEarlierThanStartDate",
                message: "The end lies before the start."
            )
        }
        return new
    }

    private static func merged(_ fields: JSONObject, with input: GraphEventInput) -> JSONObject {
        var result = fields
        for member in input.changes.members { result[member.key] = member.value }
        if input.changes["attendees"] != nil {
            let known = fields["attendees"]?.elements ?? []
            result["attendees"] = .array((result["attendees"]?.elements ?? []).map { keepingAnswer($0, known) })
        }
        return result
    }

    /// The answer of a guest belongs to the service; what a client sends in its place is ignored.
    private static func keepingAnswer(_ attendee: JSONNode, _ known: [JSONNode]) -> JSONNode {
        func address(_ node: JSONNode) -> String? { node["emailAddress"]?["address"]?.string?.lowercased() }
        var attendee = attendee
        if let old = known.first(where: { address($0) == address(attendee) }) {
            attendee["status"] = old["status"]
            attendee["proposedNewTime"] = old["proposedNewTime"]
        }
        return attendee
    }

    private static func merged(
        _ properties: [GraphExtendedProperty],
        with input: GraphEventInput
    ) -> [GraphExtendedProperty] {
        properties.filter { old in !input.properties.contains { $0.id == old.id } } + input.properties
    }
}
