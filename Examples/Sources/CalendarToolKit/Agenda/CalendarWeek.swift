import CalendarCore

/// A week from Monday to Sunday, numbered as ISO 8601 does: the first one of a year has its first Thursday.
package struct CalendarWeek: Equatable, CustomStringConvertible {
    package let monday: CivilDate

    /// Reads a week such as `2026-W12`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.uppercased().split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 4, parts[1].count == 3, parts[1].first == "W",
            let year = Int(parts[0]), let week = Int(parts[1].dropFirst()),
            // The fourth of January is always in the first week.
            let fourth = CivilDate(year: year, month: 1, day: 4)
        else { return nil }
        let first = CalendarWeek(containing: fourth)
        monday = first.monday.adding(days: 7 * (week - 1))
        guard monday.isoWeek == (yearForWeek: year, week: week) else { return nil }
    }

    /// The week of a day.
    package init(containing day: CivilDate) {
        // The first day of the epoch was a Thursday.
        monday = day.adding(days: -((day.daysSinceEpoch % 7 + 10) % 7))
    }

    /// The day after its Sunday.
    package var end: CivilDate { monday.adding(days: 7) }

    package var description: String {
        let (year, week) = monday.isoWeek
        return "\(year)-W" + (week < 10 ? "0" : "") + "\(week)"
    }
}
