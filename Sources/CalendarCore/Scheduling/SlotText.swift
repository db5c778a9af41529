/// The English words for times in descriptions of slots.
enum SlotText {
    /// The time of day, such as `10:15`, with seconds when there are any.
    static func clock(_ civil: CivilDateTime) -> String {
        var text = ASCIIWriter()
        text.append(civil.hour, digits: 2)
        text.append(byte: UInt8(ascii: ":"))
        text.append(civil.minute, digits: 2)
        if civil.second != 0 {
            text.append(byte: UInt8(ascii: ":"))
            text.append(civil.second, digits: 2)
        }
        return text.text
    }

    /// The day and the time, such as `Tue 3 Mar 10:15`.
    static func dayAndClock(_ civil: CivilDateTime) -> String {
        "\(weekday(civil.date.weekday)) \(civil.date.day) \(months[civil.date.month - 1]) \(clock(civil))"
    }

    /// An interval, such as `10:00 to 11:00`; with days when it crosses midnight.
    static func times(of interval: BusyInterval, in zone: EventZone) -> String {
        let start = zone.civil(at: interval.start)
        let end = zone.civil(at: interval.end)
        return start.date == end.date
            ? "\(clock(start)) to \(clock(end))" : "\(dayAndClock(start)) to \(dayAndClock(end))"
    }

    /// How time is filled, in words.
    static func state(_ availability: Availability) -> String {
        switch availability {
        case .tentative: "tentatively busy"
        case .outOfOffice: "out of office"
        default: "busy"
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func weekday(_ weekday: Weekday) -> String {
        switch weekday {
        case .monday: "Mon"
        case .tuesday: "Tue"
        case .wednesday: "Wed"
        case .thursday: "Thu"
        case .friday: "Fri"
        case .saturday: "Sat"
        case .sunday: "Sun"
        }
    }
}
