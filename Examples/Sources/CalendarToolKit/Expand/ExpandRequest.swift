import CalendarCore

/// A series to expand: a rule, a start and what is added and left out.
package struct ExpandRequest {
    /// How many occurrences are given when nothing else is said.
    package static let usualLimit = 100

    package let rule: RecurrenceRule
    package let set: RecurrenceSet
    /// The zone of the series; nil for a floating one and for days.
    package let zone: EventZone?
    package let limit: Int

    /// Reads the words of a line or of the options.
    ///
    /// - Parameters:
    ///   - rule: An RRULE value such as `FREQ=DAILY`.
    ///   - start: A local reading, or a day.
    ///   - zoneName: An IANA or Windows name, `DATE` for days, or nil for a floating series.
    ///   - additions: Local readings beside the rule's own.
    ///   - exclusions: Local readings that are left out.
    ///   - limit: How many occurrences are wanted at most.
    /// - Throws: `LineFault`, naming what cannot be read.
    package init(
        rule: String,
        start: String,
        zoneName: String?,
        additions: [String] = [],
        exclusions: [String] = [],
        limit: Int? = nil
    ) throws(LineFault) {
        do throws(RecurrenceError) {
            self.rule = try RecurrenceRule(parsing: rule)
        } catch {
            throw LineFault("rrule: \(Self.words(error))")
        }
        let time = try Self.time(start, zoneName: zoneName)
        let recurrence = Recurrence(
            lines: [
                "RRULE:\(self.rule)"
            ] + (try Self.lines("RDATE", additions)) + (try Self.lines("EXDATE", exclusions))
        )
        if let problem = recurrence.problem { throw LineFault("rrule: \(Self.words(problem))") }
        let limit = limit ?? Self.usualLimit
        guard limit >= 0 else { throw LineFault("limit is negative") }
        zone = zoneName == nil ? nil : time.zone
        set = RecurrenceSet(recurrence, start: time)
        self.limit = limit
    }

    /// The start as an event time; a floating one is computed in UTC, where no clock is ever changed.
    private static func time(_ text: String, zoneName: String?) throws(LineFault) -> EventTime {
        let day = CivilDate(text)
        guard let reading = CivilDateTime(text) ?? day.map(CivilDateTime.init(startOf:)) else {
            throw LineFault("the start is no local time such as 20260301T090000")
        }
        if zoneName == "DATE" || (zoneName == nil && day != nil) { return .day(reading.date) }
        guard let zoneName else { return .zoned(reading, .utc) }
        let zone = EventZone(zoneName)
        guard zone.isKnown else { throw LineFault("no zone is called \(zoneName.prefix(64))") }
        return .zoned(reading, zone)
    }

    /// The content lines of added or excluded readings, each checked, so that none can smuggle in a line of its own.
    private static func lines(_ name: String, _ values: [String]) throws(LineFault) -> [String] {
        var lines: [String] = []
        for value in values {
            guard let text = CivilDateTime(value)?.basicText ?? CivilDate(value)?.description else {
                throw LineFault("\(name.lowercased()) holds something other than local times")
            }
            lines.append("\(name):\(text)")
        }
        return lines
    }

    /// The sentence of an error without its full stop.
    private static func words(_ error: RecurrenceError) -> String {
        let sentence = error.description
        return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }
}

extension CivilDateTime {
    /// The reading in the basic form of iCalendar, such as `20260301T090000`.
    var basicText: String { description.filter { $0 != "-" && $0 != ":" } }
}
