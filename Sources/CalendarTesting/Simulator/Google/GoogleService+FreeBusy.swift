import CalendarCore
import Foundation

extension GoogleService {
    /// The longest window that is answered, in days; the service documents none, clients report about three months.
    private static let longestWindow = 92
    /// The most calendars that are answered.
    private static let mostCalendars = 50

    /// `freebusy.query`: keys as they were asked, errors per calendar in a 200.
    func queryFreeBusy(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.freeBusy, for: "Freebusy.Query")
        let resource = try call.resource()
        let lower = try Self.bound(resource, "timeMin")
        let upper = try Self.bound(resource, "timeMax")
        guard lower < upper else { throw .emptyRange(parameter: "timeMax") }
        guard upper.timeIntervalSince(lower) <= Double(Self.longestWindow) * 86_400 else {
            throw GoogleRefusal(
                400,
                "timeRangeTooLong",
                "The requested time range is too long.",
                domain: "calendar",
                parameter: "timeMax"
            )
        }
        let zone = EventZone(resource["timeZone"]?.string ?? "UTC")
        let limit = min(resource["calendarExpansionMax"]?.int ?? Self.mostCalendars, Self.mostCalendars)
        var answers = JSONObject()
        for item in resource["items"]?.elements ?? [] {
            guard let key = item["id"]?.string, answers[key] == nil else { continue }
            if answers.members.count >= limit {
                answers[key] = Self.failure("tooManyCalendarsRequested")
            } else if let index = visibleCalendar(key, account: accounts[call.account]) {
                answers[key] = ["busy": .array(busy(in: calendars[index], from: lower, to: upper, zone: zone))]
            } else {
                answers[key] = Self.failure("notFound")
            }
        }
        return .google([
            "kind": "calendar#freeBusy",
            "timeMin": .string(GoogleEventTimes.stamp(lower)),
            "timeMax": .string(GoogleEventTimes.stamp(upper)),
            "calendars": .object(answers),
        ])
    }

    /// A calendar whose busy times an account may see: one in its list, or a colleague's in the same organisation.
    private func visibleCalendar(_ key: String, account: GoogleAccount) -> Int? {
        let id = key == "primary" ? account.address : key
        if account.entries.contains(where: { $0.calendar.lowercased() == id.lowercased() }) { return calendarIndex(id) }
        guard let other = accountIndex(id), accounts[other].domain == account.domain,
            !["gmail.com", "googlemail.com"].contains(account.domain)
        else { return nil }
        return calendarIndex(accounts[other].address)
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

    private static func bound(_ resource: JSONNode, _ name: String) throws(GoogleRefusal) -> Date {
        guard let text = resource[name]?.string else { throw .required("Missing \(name) parameter.") }
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
