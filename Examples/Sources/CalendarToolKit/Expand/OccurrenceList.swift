import CalendarCore

/// The occurrences of a series for people: the rule, then a line each with weekday, date, time and UTC offset.
package struct OccurrenceList {
    package let lines: [String]

    package init(_ request: ExpandRequest, by expander: Expander) throws(LineFault) {
        let (times, goesOn) = try expander.walk(request, peeking: true)
        let start = request.set.start
        var lines = [
            request.rule.words(zone: request.zone),
            "from \(Self.words(start, in: request.zone)), \(Self.place(start, in: request.zone))",
            "",
        ]
        let width = String(times.count).count
        for (index, time) in times.enumerated() {
            let number = String(index + 1)
            let indent = String(repeating: " ", count: width - number.count)
            lines.append("\(indent)\(number)  \(Self.words(time, in: request.zone))")
        }
        lines.append(goesOn ? "… and so on" : times.isEmpty ? "The rule gives no occurrence." : "The series ends here.")
        if let first = times.first, first.date(floatingIn: .utc) != start.date(floatingIn: .utc) {
            lines.append("The start does not match its rule; most calendars show it all the same.")
        }
        self.lines = lines
    }

    /// Such as `Sun 2026-03-29  09:00  UTC+02:00`.
    private static func words(_ time: EventTime, in zone: EventZone?) -> String {
        let day = "\(time.civilDate.weekday.shortName) \(time.civilDate)"
        guard !time.isAllDay else { return day }
        let reading = "\(day)  \(time.civil.clockText)"
        return zone.map { reading + "  " + offsetText($0.offset(at: time.date(floatingIn: $0))) } ?? reading
    }

    private static func place(_ start: EventTime, in zone: EventZone?) -> String {
        if start.isAllDay { return "all day" }
        guard let zone else { return "local time, wherever one is" }
        return "in " + (zone.windowsName.map { "\($0) (\(zone))" } ?? zone.description)
    }
}
