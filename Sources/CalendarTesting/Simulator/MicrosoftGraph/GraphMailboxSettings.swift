import CalendarCore
import Foundation

/// The settings of a mailbox (https://learn.microsoft.com/graph/api/resources/mailboxsettings).
enum GraphMailboxSettings {
    /// What a new mailbox has.
    static func initial(_ zone: EventZone) -> JSONObject {
        let name = GraphTime.name(of: zone)
        return JSONObject([
            (key: "timeZone", value: .string(name)), (key: "dateFormat", value: "M/d/yyyy"),
            (key: "timeFormat", value: "h:mm tt"), (key: "workingHours", value: workingHours(name)),
        ])
    }

    private static func workingHours(_ zone: String) -> JSONNode {
        [
            "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "startTime": "08:00:00.0000000", "endTime": "17:00:00.0000000", "timeZone": ["name": .string(zone)],
        ]
    }

    /// The properties that can be set.
    private static let names: Set<String> = [
        "timeZone", "workingHours", "dateFormat", "timeFormat", "language", "automaticRepliesSetting",
        "delegateMeetingMessageDeliveryOptions",
    ]

    /// Checks a change, and gives it in the form in which it is answered.
    static func checked(_ body: JSONNode) throws(GraphFailure) -> JSONObject {
        guard let object = body.object else { throw .body("The body is not a JSON object.") }
        var changes = JSONObject()
        for member in object.members where !member.key.contains("@") {
            guard names.contains(member.key) else {
                throw .body("The property '\(member.key)' of type 'microsoft.graph.mailboxSettings' cannot be set.")
            }
            switch member.key {
            case "timeZone":
                guard let name = member.value.string else { throw .property("The time zone is no text.") }
                _ = try GraphTime.zone(named: name)
                changes["timeZone"] = member.value
            case "workingHours": changes["workingHours"] = try hours(member.value)
            case "dateFormat", "timeFormat":
                guard member.value.string != nil else { throw .property("The property '\(member.key)' is no text.") }
                changes[member.key] = member.value
            default: changes[member.key] = member.value
            }
        }
        return changes
    }

    private static let days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

    private static func hours(_ node: JSONNode) throws(GraphFailure) -> JSONNode {
        guard node.object != nil else { throw .property("The working hours are no object.") }
        var hours = node
        for name in ["startTime", "endTime"] {
            guard let value = node[name] else { continue }
            guard let seconds = value.string.flatMap({ secondOfDay($0) }) else {
                throw .property("The property '\(name)' of the working hours is no time of day.")
            }
            hours[name] = .string(timeOfDay(seconds))
        }
        for day in node["daysOfWeek"]?.elements ?? [] where !days.contains(day.string ?? "") {
            throw .property("A day of the working hours is no day of the week.")
        }
        if let zone = node["timeZone"], zone["bias"] == nil {
            _ = try GraphTime.zone(named: zone["name"]?.string ?? "")
        }
        return hours
    }

    /// Reads `08:00:00.0000000` as seconds.
    static func secondOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ".").first?.split(separator: ":").map { Int($0) } ?? []
        guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        return hour * 3600 + minute * 60 + (parts.count == 3 ? parts[2] ?? 0 : 0)
    }

    private static func timeOfDay(_ seconds: Int) -> String {
        [seconds / 3600, seconds / 60 % 60, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }
            .joined(separator: ":") + ".0000000"
    }
}

extension GraphAccount {
    /// When its owner works, as it is answered.
    var workingHours: JSONNode { settings["workingHours"] ?? .null }

    /// The spans of work that begin on the days of a window, in order.
    ///
    /// - Parameters:
    ///   - window: The window; spans that begin on the day before count, too.
    ///   - isEveryDay: Whether every day is one of work.
    /// - Returns: The spans.
    func workSpans(in window: Range<Date>, isEveryDay: Bool) -> [Range<Date>] {
        let name = workingHours["timeZone"]?["name"]?.string
        let zone = name.flatMap { try? GraphTime.zone(named: $0) } ?? zone
        let days = (workingHours["daysOfWeek"]?.elements ?? []).compactMap(\.string)
        let start = workingHours["startTime"]?.string.flatMap { GraphMailboxSettings.secondOfDay($0) } ?? 8 * 3600
        let end = workingHours["endTime"]?.string.flatMap { GraphMailboxSettings.secondOfDay($0) } ?? 17 * 3600
        var spans: [Range<Date>] = []
        var day = zone.civil(at: window.lowerBound).date.adding(days: -1)
        let last = zone.civil(at: window.upperBound).date
        while day <= last {
            let morning = CivilDateTime(startOf: day)
            if start < end, isEveryDay || days.contains("\(day.weekday)") {
                let from = zone.date(of: morning.adding(seconds: Int64(start)))
                let to = zone.date(of: morning.adding(seconds: Int64(end)))
                if from < to { spans.append(from..<to) }
            }
            day = day.adding(days: 1)
        }
        return spans
    }
}
