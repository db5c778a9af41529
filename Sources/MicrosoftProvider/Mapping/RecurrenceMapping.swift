import CalendarCore

/// Rules against Graph's `recurrence`, one pattern and one range.
enum RecurrenceMapping {
    /// Reads the rules, and moves a start that they do not give to the first day that they do.
    ///
    /// Graph keeps such a start as it was given, but has no occurrence there; a series of RFC 5545 begins with its first
    /// occurrence. The time must be in the content already.
    static func read(_ event: JSONValue, into content: inout EventContent) throws(UnreadableField) {
        guard let json = event["recurrence"], json.kind == .object else { return }
        guard let patternJSON = json["pattern"] else { throw UnreadableField(name: "recurrence.pattern") }
        let range = try RecurrenceRange(json["range"])
        let pattern = try RecurrencePattern(patternJSON)
        content.recurrence = recurrence(pattern, range, start: content.start)
        // The day in a zone that is not known may be another one; such a start stays.
        guard content.start.zone?.isKnown ?? true, !pattern.admits(content.start.civilDate),
            let first = pattern.firstDay(from: content.start.civilDate)
        else { return }
        if case .endDate(let last) = range, last < first { return }
        let days = first.daysSinceEpoch - content.start.civilDate.daysSinceEpoch
        content.start = content.start.moved(days: days)
        content.end = content.end.moved(days: days)
    }

    /// Puts the whole recurrence into a body.
    ///
    /// - Throws: `CalendarError.unsupported` naming the part that Graph cannot express.
    static func write(_ content: EventContent, allDayZone: EventZone, into body: inout JSONObject) throws {
        guard let recurrence = content.recurrence else {
            body["recurrence"] = .null
            return
        }
        do throws(UnrepresentablePart) {
            let (pattern, range) = try parts(of: recurrence, start: content.start)
            try pattern.checkDuration(from: content.start, to: content.end, range: range)
            let zone = TimeMapping.zoneName(of: content.start, allDayZone: allDayZone)
            body["recurrence"] = [
                "pattern": pattern.json,
                "range": range.json(start: content.start.civilDate, zone: zone),
            ]
        } catch {
            throw CalendarError(
                .unsupported,
                "Microsoft Graph cannot express \(error.name) of the series.",
                field: "recurrence",
                provider: .microsoft,
                reason: error.name
            )
        }
    }

    /// The rules as they come back, or as they are when they cannot be sent.
    ///
    /// - Parameters:
    ///   - recurrence: The rules.
    ///   - start: The start, canonical already.
    /// - Returns: The rules in the form that is compared.
    static func canonical(_ recurrence: Recurrence, start: EventTime) -> Recurrence {
        guard let (pattern, range) = try? parts(of: recurrence, start: start) else { return recurrence }
        return self.recurrence(pattern, range, start: start)
    }

    /// What of a recurrence cannot be sent; nil when all can.
    static func loss(_ content: EventContent) -> String? {
        guard let recurrence = content.recurrence else { return nil }
        do throws(UnrepresentablePart) {
            let (pattern, range) = try parts(of: recurrence, start: content.start)
            try pattern.checkDuration(from: content.start, to: content.end, range: range)
            return nil
        } catch {
            return error.name
        }
    }

    private static func parts(
        of recurrence: Recurrence,
        start: EventTime
    ) throws(UnrepresentablePart) -> (RecurrencePattern, RecurrenceRange) {
        guard recurrence.additions.isEmpty else { throw UnrepresentablePart(name: "RDATE") }
        // Excluded dates are no part of a pattern: their occurrences are deleted, and reading names none.
        let exclusions = recurrence.lines.filter { $0.uppercased().hasPrefix("EXDATE") }
        guard Recurrence(lines: exclusions).problem == nil else { throw UnrepresentablePart(name: "EXDATE") }
        if recurrence.lines.contains(where: { $0.uppercased().hasPrefix("EXRULE") }) {
            throw UnrepresentablePart(name: "EXRULE")
        }
        guard recurrence.rules.count == 1, recurrence.lines.count == exclusions.count + 1,
            let rule = recurrence.rules.first
        else {
            throw UnrepresentablePart(name: "RRULE")
        }
        // A series runs on one clock; without a name for it, summer time would go wrong.
        if let zone = start.zone, zone.isKnown, ZoneMapping.name(of: zone) == nil {
            throw UnrepresentablePart(name: "TZID")
        }
        let pattern = try RecurrencePattern(rule, start: start.civilDate)
        return (pattern, try RecurrenceRange(rule, pattern: pattern, start: start))
    }

    private static func recurrence(
        _ pattern: RecurrencePattern,
        _ range: RecurrenceRange,
        start: EventTime
    ) -> Recurrence {
        var rule = pattern.rule
        range.apply(to: &rule, start: start)
        return Recurrence(rule)
    }
}

extension EventTime {
    /// The same time of day so many days later.
    fileprivate func moved(days: Int) -> EventTime {
        switch self {
        case .day(let date): .day(date.adding(days: days))
        case .zoned(let time): .zoned(time.civil.adding(days: days), time.zone)
        }
    }
}
