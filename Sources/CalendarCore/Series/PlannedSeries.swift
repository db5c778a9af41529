import Foundation

/// A master's content together with its timing, as planning needs both.
struct PlannedSeries {
    let content: EventContent
    let timing: RecurringSeries

    init(_ master: RemoteEvent) throws {
        try self.init(master.content)
    }

    init(_ content: EventContent) throws {
        guard let recurrence = content.recurrence else {
            throw CalendarError.invalidArgument("recurrence", "The event is not a series.")
        }
        self.content = content
        timing = RecurringSeries(recurrence, start: content.start, duration: .seconds(Self.length(of: content)))
    }

    /// What an occurrence says that does not differ.
    func occurrence(at originalStart: EventTime) -> EventContent { content.occurrence(at: originalStart) }

    /// An original start on the clock of the series, where a service wrote it in another zone.
    func inOwnZone(_ originalStart: EventTime) -> EventTime {
        guard case .zoned(let time) = originalStart, let zone = content.start.zone else { return originalStart }
        return .zoned(ZonedDateTime(time.date, in: zone))
    }

    func isFirst(_ originalStart: EventTime) throws -> Bool {
        let split = Result { () throws(SeriesError) in try timing.truncated(before: originalStart) }
        switch split {
        case .success: return false
        case .failure(.isFirstOccurrence): return true
        case .failure(let error): throw Self.refusal(error)
        }
    }

    func truncated(before originalStart: EventTime) throws -> Recurrence {
        try understood { () throws(SeriesError) in try timing.truncated(before: originalStart).recurrence }
    }

    func following(from originalStart: EventTime) throws -> RecurringSeries {
        try understood { () throws(SeriesError) in try timing.split(at: originalStart).after }
    }

    /// Runs a step of the algebra; what it refuses is no fault of the caller's content.
    func understood<Value>(_ body: () throws(SeriesError) -> Value) throws -> Value {
        switch Result(catching: body) {
        case .success(let value): return value
        case .failure(let error): throw Self.refusal(error)
        }
    }

    private static func refusal(_ error: SeriesError) -> CalendarError {
        switch error {
        case .notAnOccurrence: CalendarError(.notFound, "The series has no occurrence with this original start.")
        case .notUnderstood:
            CalendarError(.unsupported, "The rule of the series is not understood.", field: "recurrence")
        case .isFirstOccurrence, .cannotRestart:
            CalendarError(.unsupported, "The series cannot be divided at this occurrence.", field: "recurrence")
        case .cannotMove, .unevenDifference, .outsideCalendar:
            CalendarError(.unsupported, "The series cannot be moved by this difference.", field: "start")
        }
    }

    /// Whole days for days, real seconds otherwise.
    static func length(of content: EventContent) -> Int64 {
        content.end.date(floatingIn: .utc).secondsSinceEpoch - content.start.date(floatingIn: .utc).secondsSinceEpoch
    }
}
