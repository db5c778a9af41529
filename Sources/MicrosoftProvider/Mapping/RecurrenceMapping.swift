import CalendarCore

/// Rules against Graph's `recurrence`, one pattern and one range.
enum RecurrenceMapping {
    static func read(_ event: JSONValue, start: EventTime) throws(UnreadableField) -> Recurrence? {
        guard let json = event["recurrence"], json.kind == .object else { return nil }
        guard let pattern = json["pattern"] else { throw UnreadableField(name: "recurrence.pattern") }
        let range = try RecurrenceRange(json["range"])
        return recurrence(try RecurrencePattern(pattern), range, start: start)
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
            _ = try parts(of: recurrence, start: content.start)
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
        guard recurrence.exclusions.isEmpty else { throw UnrepresentablePart(name: "EXDATE") }
        guard recurrence.rules.count == 1, recurrence.lines.count == 1, let rule = recurrence.rules.first else {
            throw UnrepresentablePart(name: "RRULE")
        }
        // A series runs on one clock; without a name for it, summer time would go wrong.
        if let zone = start.zone, zone.isKnown, ZoneMapping.name(of: zone) == nil {
            throw UnrepresentablePart(name: "TZID")
        }
        return (try RecurrencePattern(rule, start: start.civilDate), try RecurrenceRange(rule, start: start))
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
