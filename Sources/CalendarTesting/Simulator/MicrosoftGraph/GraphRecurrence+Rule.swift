import CalendarCore
import Foundation

/// Patterns as RFC 5545 rules, for mails between services and for events that tests add.
extension GraphRecurrence {
    /// Reads the RRULE among some lines, in the simple forms that a pattern can say; nil for any other.
    init?(lines: [String], start: GraphTime) {
        guard let line = lines.first(where: { $0.uppercased().hasPrefix("RRULE:") }) else { return nil }
        var parts: [String: String] = [:]
        for part in line.dropFirst(6).split(separator: ";") {
            let sides = part.split(separator: "=", maxSplits: 1)
            if sides.count == 2 { parts[sides[0].uppercased()] = sides[1].uppercased() }
        }
        let date = start.civil.date
        self.init(kind: .daily, startDate: date, zoneName: start.zoneName)
        interval = parts["INTERVAL"].flatMap { Int($0) } ?? 1
        firstDay = parts["WKST"].flatMap { Weekday(iCalendarCode: $0) } ?? .monday
        var ordinal = parts["BYSETPOS"].flatMap { Int($0) }
        for code in (parts["BYDAY"] ?? "").split(separator: ",") {
            guard let day = Weekday(iCalendarCode: String(code.suffix(2))) else { return nil }
            days.append(day)
            if code.count > 2 { ordinal = Int(code.dropLast(2)) }
        }
        days.sort()
        dayOfMonth = parts["BYMONTHDAY"].flatMap { Int($0) } ?? date.day
        month = parts["BYMONTH"].flatMap { Int($0) } ?? date.month
        guard parts["BYMONTHDAY"].map({ Int($0) != nil }) ?? true, dayOfMonth >= -1, dayOfMonth != 0,
            setKind(parts["FREQ"], ordinal: ordinal, day: date.weekday), setRange(parts, start: start)
        else { return nil }
    }

    private mutating func setKind(_ frequency: String?, ordinal: Int?, day: Weekday) -> Bool {
        switch frequency {
        case "DAILY": kind = days.isEmpty ? .daily : .weekly
        case "WEEKLY":
            kind = .weekly
            if days.isEmpty { days = [day] }
        case "MONTHLY": kind = days.isEmpty ? .absoluteMonthly : .relativeMonthly
        case "YEARLY": kind = days.isEmpty ? .absoluteYearly : .relativeYearly
        default: return false
        }
        if dayOfMonth == -1 {
            (kind, days, dayOfMonth) = (.relativeMonthly, Weekday.allCases, 0)
            index = .last
        } else if kind == .relativeMonthly || kind == .relativeYearly {
            guard let ordinal, ordinal == -1 || (1...4).contains(ordinal) else { return false }
            index = ordinal == -1 ? .last : Index.allCases[ordinal - 1]
            dayOfMonth = 0
        } else if kind == .daily || kind == .weekly {
            dayOfMonth = 0
        }
        if kind != .absoluteYearly && kind != .relativeYearly { month = 0 }
        return true
    }

    private mutating func setRange(_ parts: [String: String], start: GraphTime) -> Bool {
        if let text = parts["COUNT"] {
            guard let count = Int(text), count > 0 else { return false }
            range = .count(count)
        } else if let text = parts["UNTIL"] {
            if let date = CivilDate(text) {
                range = .until(date)
            } else {
                let isUTC = text.hasSuffix("Z")
                guard let reading = CivilDateTime(isUTC ? String(text.dropLast()) : text) else { return false }
                let local = isUTC ? start.zone.civil(at: EventZone.utc.date(of: reading)) : reading
                let isBeforeStart = local.secondOfDay < start.civil.secondOfDay
                range = .until(local.date.adding(days: isBeforeStart ? -1 : 0))
            }
        }
        return true
    }

    /// The RRULE line, after the table of the reference: month ends are clamped, not skipped.
    func ruleLine(start: GraphTime, isAllDay: Bool) -> String {
        var parts: [String] = []
        let codes = days.map(\.iCalendarCode).joined(separator: ",")
        let position = index == .last ? -1 : (Index.allCases.firstIndex(of: index) ?? 0) + 1
        switch kind {
        case .daily: parts = ["FREQ=DAILY", "INTERVAL=\(interval)"]
        case .weekly:
            parts = ["FREQ=WEEKLY", "INTERVAL=\(interval)", "BYDAY=\(codes)", "WKST=\(firstDay.iCalendarCode)"]
        case .absoluteMonthly: parts = ["FREQ=MONTHLY", "INTERVAL=\(interval)"] + monthDays
        case .absoluteYearly: parts = ["FREQ=YEARLY", "INTERVAL=\(interval)", "BYMONTH=\(month)"] + monthDays
        case .relativeMonthly:
            parts = ["FREQ=MONTHLY", "INTERVAL=\(interval)"] + Self.ordinal(days, codes, position)
        case .relativeYearly:
            parts = ["FREQ=YEARLY", "INTERVAL=\(interval)", "BYMONTH=\(month)"] + Self.ordinal(days, codes, position)
        }
        switch range {
        case .noEnd: break
        case .count(let count): parts.append("COUNT=\(count)")
        case .until(let date):
            let instant = start.zone.date(of: CivilDateTime(date: date, secondOfDay: 86_399))
            parts.append("UNTIL=" + (isAllDay ? date.basicText : EventZone.utc.civil(at: instant).basicText + "Z"))
        }
        return "RRULE:" + parts.joined(separator: ";")
    }

    private var monthDays: [String] {
        guard dayOfMonth > 28 else { return ["BYMONTHDAY=\(dayOfMonth)"] }
        return ["BYMONTHDAY=" + (28...dayOfMonth).map { String($0) }.joined(separator: ","), "BYSETPOS=-1"]
    }

    private static func ordinal(_ days: [Weekday], _ codes: String, _ position: Int) -> [String] {
        days.count == 1 ? ["BYDAY=\(position)\(codes)"] : ["BYDAY=\(codes)", "BYSETPOS=\(position)"]
    }
}
