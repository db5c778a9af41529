public import Foundation

/// Finds the times at which people can meet, and says of every other time why not.
///
/// A pure function of its arguments: the same rules offer slots and check one time when it is booked (requirements
/// M-19, M-36, F-12). Wall-clock rules follow each zone across its changes.
public enum SlotFinder {
    /// Searches a request's window.
    ///
    /// Takes time linear in busy intervals, candidates and participants; sorted intervals are merged once.
    ///
    /// - Parameters:
    ///   - request: Who, how long and when.
    ///   - now: The present, for notice and horizon.
    /// - Returns: The slots, ascending, with the reasons against the other candidates on demand.
    /// - Throws: `CalendarError.invalidArgument` naming the field.
    public static func find(_ request: SlotRequest, now: Date) throws(CalendarError) -> SlotSearch {
        try request.validate()
        let rules = SlotRules(request, now: now, in: request.window)
        let grid = SlotGrid(request)
        let (accepted, examined) = search(grid, rules)
        return SlotSearch(rules: rules, grid: grid, accepted: accepted, examined: examined)
    }

    /// Checks one time by the rules of a request, which should carry busy time read just before.
    ///
    /// The time need not be a multiple of the step, and its length is its own. A time that is not within the request's
    /// window is rejected, because nothing is known there.
    ///
    /// - Parameters:
    ///   - start: The start, inclusive.
    ///   - end: The end, exclusive.
    ///   - request: The rules and the participants.
    ///   - now: The present, for notice and horizon.
    /// - Returns: Whether the meeting can take place, and every reason why not.
    /// - Throws: `CalendarError.invalidArgument` naming the field.
    public static func check(
        start: Date,
        end: Date,
        request: SlotRequest,
        now: Date
    ) throws(CalendarError) -> SlotCheck {
        try request.validate()
        let meeting = TimeSpan(start: start.millisecondsSinceEpoch, end: end.millisecondsSinceEpoch)
        guard meeting.start < meeting.end else {
            throw .invalidArgument("end", "The meeting's end must lie after its start.")
        }
        let rules = SlotRules(request, now: now, in: meeting)
        let isInside = request.window.start <= meeting.start && meeting.end <= request.window.end
        return SlotCheck(
            slot: MeetingSlot(meeting, warnings: rules.unknown),
            rejections: (isInside ? [] : [.outsideWindow]) + rules.rejections(of: meeting),
            absences: rules.absences(from: meeting)
        )
    }

    /// Walks the candidates once, with a cursor in each timeline that moves only forward.
    private static func search(_ grid: SlotGrid, _ rules: SlotRules) -> (accepted: [Int], examined: Int) {
        let limit = rules.request.limit ?? .max
        let duration = SlotRequest.milliseconds(rules.request.duration)
        let quorum = rules.request.quorum ?? 0
        var required = cursors(rules, isRequired: true)
        var optional = quorum > 0 ? cursors(rules, isRequired: false) : []
        var accepted: [Int] = []
        // Until the end of an obstacle every later start collides with it too.
        var freeFrom = rules.earliest
        for run in grid.runs {
            for offset in 0..<run.count {
                let start = run.first + Int64(offset) * grid.step
                guard start >= freeFrom, start <= rules.latest else { continue }
                let meeting = TimeSpan(start: start, end: start + duration)
                if let obstacle = firstObstacle(&required, to: meeting) {
                    freeFrom = obstacle
                    continue
                }
                guard count(&optional, availableFor: meeting) >= quorum else { continue }
                accepted.append(run.firstIndex + offset)
                if accepted.count == limit { return (accepted, run.firstIndex + offset + 1) }
            }
        }
        return (accepted, grid.count)
    }

    private static func cursors(_ rules: SlotRules, isRequired: Bool) -> [TimelineCursor] {
        zip(rules.request.participants, rules.timelines)
            .filter { $0.0.isRequired == isRequired }
            .map { TimelineCursor($0.1) }
    }

    private static func firstObstacle(_ cursors: inout [TimelineCursor], to meeting: TimeSpan) -> Int64? {
        for index in cursors.indices {
            if let end = cursors[index].obstacle(to: meeting) { return end }
        }
        return nil
    }

    private static func count(_ cursors: inout [TimelineCursor], availableFor meeting: TimeSpan) -> Int {
        var available = 0
        for index in cursors.indices where cursors[index].obstacle(to: meeting) == nil { available += 1 }
        return available
    }
}
