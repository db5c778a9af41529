import Foundation

extension SeriesEdit {
    /// Works out the steps; reads no clock and calls nobody.
    ///
    /// The following series is created before the old one is cut off: a failure in between leaves occurrences that are
    /// shown twice, which repeating the plan sets right, and never ones that are lost with their changes.
    ///
    /// - Parameter state: The series as the service holds it.
    /// - Returns: The steps.
    /// - Throws: `CalendarError.notFound` when the series has no such occurrence, `invalidArgument` naming the field for a
    ///   content no service takes, `unsupported` when the rule cannot be divided or moved that way.
    public func plan(for state: SeriesState) throws -> SeriesPlan {
        let series = try PlannedSeries(state.master)
        guard occurrence.series == state.master.id else {
            throw CalendarError.invalidArgument("occurrence", "The occurrence belongs to another series.")
        }
        if case .update(_, let content) = change { try content.validate() }
        guard series.timing.contains(originalStart: occurrence.originalStart) else {
            throw CalendarError(
                .notFound,
                "The series has no occurrence with this original start.",
                identifier: occurrence.series.rawValue
            )
        }
        return try SeriesPlanner(edit: self, state: state, series: series).plan()
    }
}

/// Puts the steps of one edit together.
struct SeriesPlanner {
    let edit: SeriesEdit
    let state: SeriesState
    let series: PlannedSeries

    func plan() throws -> SeriesPlan {
        switch (edit.change, try effectiveScope()) {
        case (.delete, .this):
            return plan([step(.cancelOccurrence(target, of: .original), "Only this occurrence does not take place.")])
        case (.delete, .thisAndFollowing):
            return plan([try cutOff("The series ends before the occurrence.")], cut: target)
        case (.delete, .all):
            return plan([step(.deleteSeries, "No occurrence takes place any more.")])
        case (.update(let from, let to), .this):
            guard to.recurrence == nil else {
                throw CalendarError.invalidArgument("recurrence", "A single occurrence has no rule of its own.")
            }
            return plan([
                step(.changeOccurrence(target, from: from, to: to), "Only this occurrence changes.", guests: to)
            ])
        case (.update(let from, let to), .thisAndFollowing):
            return try divide(SeriesAlteration(from: from, to: to))
        case (.update(let from, let to), .all):
            return try changeAll(SeriesAlteration(from: from, to: to))
        }
    }

    var target: EventTime { edit.occurrence.originalStart }

    /// From the first occurrence on, "this and following" is the whole series.
    private func effectiveScope() throws -> SeriesScope {
        guard edit.scope == .thisAndFollowing else { return edit.scope }
        return try series.isFirst(target) ? .all : .thisAndFollowing
    }

    private func divide(_ alteration: SeriesAlteration) throws -> SeriesPlan {
        let content = try alteration.following(series, from: target)
        let following = try PlannedSeries(content)
        let create = step(.createFollowing(content), "The following occurrences become a series.", guests: content)
        let (carried, dropped) = carry(into: following, as: .following, alteration: alteration, from: target)
        let cut = try cutOff("The old series ends before the occurrence.")
        return plan([create] + carried + [cut], cut: target, dropped: dropped)
    }

    private func changeAll(_ alteration: SeriesAlteration) throws -> SeriesPlan {
        let content = try alteration.whole(series, at: target)
        let change = step(
            .changeSeries(from: series.content, to: content),
            "Every occurrence changes; those that differ keep what they say.",
            guests: content
        )
        // A service keeps what differs as long as the places of the series stay where they are.
        guard alteration.movesPlaces else { return plan([change]) }
        let moved = try PlannedSeries(content)
        let (carried, dropped) = carry(into: moved, as: .original, alteration: alteration, from: nil)
        return plan([change] + carried, dropped: dropped)
    }

    private func cutOff(_ reason: String) throws -> SeriesStep {
        var content = series.content
        content.recurrence = try series.truncated(before: target)
        return step(.changeSeries(from: series.content, to: content), reason, guests: content)
    }

    func step(_ action: SeriesStep.Action, _ reason: String, guests content: EventContent? = nil) -> SeriesStep {
        let told = edit.invitations == .notifyGuests ? Self.guests(of: content ?? series.content) : 0
        return SeriesStep(action: action, reason: reason, guestsTold: told)
    }

    private func plan(_ steps: [SeriesStep], cut: EventTime? = nil, dropped: [EventTime] = []) -> SeriesPlan {
        SeriesPlan(
            series: edit.occurrence.series,
            key: edit.key,
            invitations: edit.invitations,
            cut: cut,
            steps: steps,
            dropped: dropped
        )
    }

    /// Everybody but the calendar's owner and the organizer.
    private static func guests(of content: EventContent) -> Int {
        content.attendees.filter { attendee in
            !attendee.isSelf && content.organizer.map { !$0.isSamePerson(as: attendee.person) } ?? true
        }.count
    }
}
