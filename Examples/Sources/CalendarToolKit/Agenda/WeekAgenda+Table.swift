import CalendarCore
import Foundation

extension WeekAgenda {
    /// The agenda as a table: a line for each day that has something, and one for each event.
    package func table(isColoured: Bool) -> [String] {
        let last = week.end.adding(days: -1)
        var lines = ["Week \(week), \(week.monday) to \(last), in \(zone)"]
        guard !rows.isEmpty else { return lines + ["Nothing is stored for this week."] }
        let times = rows.map(time)
        let (timeWidth, titleWidth) = (times.map(\.count).max() ?? 0, rows.map(\.name.count).max() ?? 0)
        var day: CivilDate?
        for (row, time) in zip(rows, times) {
            if row.day != day { lines += ["", style("\(row.day.weekday.shortName) \(row.day)", "1", isColoured)] }
            day = row.day
            let columns = [
                style(time.padded(to: timeWidth), "36", isColoured), row.name.padded(to: titleWidth),
                style(row.owners.joined(separator: ", "), "2", isColoured),
                row.place.map { "at \($0)" } ?? "",
            ]
            lines.append(("  " + columns.joined(separator: "  ")).trimmingEnd)
        }
        return rows.contains(where: \.isTentative) ? lines + ["", "~ is tentative."] : lines
    }

    /// The agenda as one JSON object; instants are in UTC, days without a time.
    package func json() throws -> String {
        struct Entry: Encodable {
            let start, end, title: String
            let place: String?
            let tentative: Bool
            let owners: [String]
        }
        struct Document: Encodable {
            let week, zone: String
            let entries: [Entry]
        }
        let entries = rows.map { row in
            Entry(
                start: row.isAllDay ? "\(zone.civil(at: row.start).date)" : row.start.formatted(.iso8601),
                end: row.isAllDay ? "\(zone.civil(at: row.end).date)" : row.end.formatted(.iso8601),
                title: row.title,
                place: row.place,
                tentative: row.isTentative,
                owners: row.owners
            )
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let document = Document(week: "\(week)", zone: zone.identifier, entries: entries)
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }

    /// Such as `09:30–10:00`; where the end is on another day, with the day.
    private func time(_ row: Row) -> String {
        guard !row.isAllDay else {
            let last = zone.civil(at: row.end).date.adding(days: -1)
            return last > row.day ? "all day to \(last.weekday.shortName) \(last)" : "all day"
        }
        let (start, end) = (zone.civil(at: row.start), zone.civil(at: row.end))
        let day = end.date == row.day ? "" : "\(end.date.weekday.shortName) "
        let first = start.date == row.day ? "" : "\(start.date.weekday.shortName) "
        return "\(first)\(start.clockText)–\(day)\(end.clockText)"
    }

    /// Text in a style of ECMA-48 (section 8.3.117, SGR), where colour is wanted.
    private func style(_ text: String, _ code: String, _ isColoured: Bool) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

/// Whether a terminal's colours are wanted.
package enum TerminalColour {
    /// On a terminal that has some, unless the user says otherwise (no-color.org).
    package static func isWanted(isTerminal: Bool, _ environment: [String: String]) -> Bool {
        isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
}

extension WeekAgenda.Row {
    fileprivate var name: String { isTentative ? "\(title) ~" : title }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    fileprivate var trimmingEnd: String { String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)]) }
}
