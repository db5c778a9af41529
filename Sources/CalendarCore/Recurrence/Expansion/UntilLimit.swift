/// The end of a series, compared in the series' own terms (RFC 5545 section 3.3.10).
enum UntilLimit: Sendable {
    case none
    /// The last local reading.
    case local(Int64)
    /// The last instant.
    case instant(Int64)

    init(_ until: RecurrenceRule.Until?, start: EventTime) {
        switch (until, start) {
        case (nil, _):
            self = .none
        case (.date(let date), .day):
            self = .local(CivilDateTime(startOf: date).secondsSinceEpoch)
        case (.utc(let reading), .day), (.local(let reading), .day):
            self = .local(CivilDateTime(startOf: reading.date).secondsSinceEpoch)
        case (.date(let date), .zoned):
            self = .local(CivilDateTime(date: date, secondOfDay: 86_399).secondsSinceEpoch)
        case (.local(let reading), .zoned):
            self = .local(reading.secondsSinceEpoch)
        case (.utc(let reading), .zoned):
            self = .instant(reading.secondsSinceEpoch)
        }
    }

    /// The last reading or instant, if there is one.
    var last: Int64? {
        switch self {
        case .none: nil
        case .local(let last), .instant(let last): last
        }
    }

    /// Whether an occurrence starts too late.
    func isPassed(local: Int64, instant: Int64) -> Bool {
        switch self {
        case .none: false
        case .local(let last): local > last
        case .instant(let last): instant > last
        }
    }
}
