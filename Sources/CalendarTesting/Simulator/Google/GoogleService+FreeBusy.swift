import CalendarCore
import Foundation

/// How the simulated service treats free/busy queries where the real one is not documented.
struct GoogleFreeBusyRules: Sendable {
    /// The longest window that is answered, in days; clients report about three months.
    var longestWindow = 92
    /// Calendars that the answer does not mention, whatever they are asked as, in lower case.
    var missing: Set<String> = []
}

extension GoogleService {
    /// The most calendars that are answered.
    private static let mostCalendars = 50
    /// The most members of a group.
    private static let mostMembers = 100

    /// `freebusy.query`: keys as they were asked, errors per calendar and group in a 200.
    func queryFreeBusy(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.freeBusy, for: "Freebusy.Query")
        let body = GoogleBody(try call.resource())
        let window = try freeBusyWindow(body)
        let zone = EventZone(try body.text("timeZone") ?? "UTC")
        guard zone.isKnown else { throw .invalid("Invalid time zone.") }
        let limit = min(try body.number("calendarExpansionMax") ?? Self.mostCalendars, Self.mostCalendars)
        let mostMembers = min(try body.number("groupExpansionMax") ?? Self.mostMembers, Self.mostMembers)

        var keys: [String] = []
        var groupAnswers = JSONObject()
        for item in try body.list("items") ?? [] {
            let key = try item.required("id")
            guard let members = groups[key.lowercased()] else {
                keys.append(key)
                continue
            }
            if members.count > mostMembers {
                groupAnswers[key] = ["errors": [["domain": "global", "reason": "groupTooBig"]]]
            } else {
                groupAnswers[key] = ["calendars": .array(members.map { .string($0) })]
                keys += members
            }
        }
        var answers = JSONObject()
        for key in keys where answers[key] == nil && !isMissing(key, account: accounts[call.account]) {
            if answers.members.count >= limit {
                answers[key] = Self.failure("tooManyCalendarsRequested")
            } else if let index = visibleCalendar(key, account: accounts[call.account]) {
                let busy = busy(in: calendars[index], from: window.lowerBound, to: window.upperBound, zone: zone)
                answers[key] = ["busy": .array(busy)]
            } else {
                answers[key] = Self.failure("notFound")
            }
        }
        var answer: JSONNode = [
            "kind": "calendar#freeBusy",
            "timeMin": .string(GoogleEventTimes.stamp(window.lowerBound)),
            "timeMax": .string(GoogleEventTimes.stamp(window.upperBound)),
        ]
        if !groupAnswers.members.isEmpty { answer["groups"] = .object(groupAnswers) }
        answer["calendars"] = .object(answers)
        return .google(answer)
    }

    private func freeBusyWindow(_ body: GoogleBody) throws(GoogleRefusal) -> Range<Date> {
        let lower = try Self.bound(body, "timeMin")
        let upper = try Self.bound(body, "timeMax")
        guard lower < upper else { throw .emptyRange(parameter: "timeMax") }
        guard upper.timeIntervalSince(lower) <= Double(freeBusyRules.longestWindow) * 86_400 else {
            throw GoogleRefusal(400, "timeRangeTooLong", "The requested time range is too long.")
        }
        return lower..<upper
    }

    private func isMissing(_ key: String, account: GoogleAccount) -> Bool {
        freeBusyRules.missing.contains((key == "primary" ? account.address : key).lowercased())
    }

    /// A calendar whose busy times an account may see: one that it has access to, or a colleague's.
    private func visibleCalendar(_ key: String, account: GoogleAccount) -> Int? {
        guard let index = calendarIndex(key == "primary" ? account.address : key) else { return nil }
        if role(of: account, in: calendars[index]) != .none { return index }
        guard let other = accountIndex(calendars[index].id), accounts[other].domain == account.domain,
            account.isWorkspace
        else { return nil }
        return index
    }

    /// The busy times of a calendar, merged, in order, and cut to the window.
    private func busy(
        in store: GoogleCalendarStore,
        from lower: Date,
        to upper: Date,
        zone: EventZone
    ) -> [JSONNode] {
        var ranges: [(start: Date, end: Date)] = []
        for row in store.rows where row.life == .live {
            guard row.seriesID == nil || store[row.seriesID ?? ""]?.life != .live else { continue }
            let rows =
                row.isMaster
                ? store.occurrences(of: row, after: lower, before: upper) : [store.effective(row)]
            for one in rows where one.overlaps(after: lower, before: upper, zone: store.zone) && store.isBusy(one) {
                let start = max(lower, one.start.date(floatingIn: store.zone))
                ranges.append((start, min(upper, one.end.date(floatingIn: store.zone))))
            }
        }
        ranges.sort { $0.start == $1.start ? $0.end < $1.end : $0.start < $1.start }
        var merged: [(start: Date, end: Date)] = []
        for range in ranges {
            if let last = merged.last, range.start <= last.end {
                merged[merged.count - 1].end = max(last.end, range.end)
            } else {
                merged.append(range)
            }
        }
        return merged.map { range in
            [
                "start": .string(GoogleEventTimes.text(range.start, zone: zone)),
                "end": .string(GoogleEventTimes.text(range.end, zone: zone)),
            ]
        }
    }

    private static func bound(_ body: GoogleBody, _ name: String) throws(GoogleRefusal) -> Date {
        guard let text = try body.text(name) else { throw .required("Missing \(name) parameter.") }
        guard let date = Date(rfc3339: text) else { throw .badRequest }
        return date
    }

    private static func failure(_ reason: String) -> JSONNode {
        ["errors": [["domain": "global", "reason": .string(reason)]], "busy": []]
    }
}

extension GoogleCalendarStore {
    /// Whether a row takes its owner's time: opaque, not cancelled, not declined by this calendar.
    func isBusy(_ row: GoogleEventRow) -> Bool {
        let kind = row.fields["eventType"]?.string ?? "default"
        return !row.isCancelled && row.fields["transparency"] != "transparent"
            && kind != "workingLocation" && kind != "birthday"
            && row.attendee(id)?["responseStatus"] != "declined"
    }
}
