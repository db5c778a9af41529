import CalendarCore
import Foundation

/// The reminders of the events in a window (https://learn.microsoft.com/graph/api/user-reminderview).
extension GraphState {
    /// Answers `reminderView(StartDateTime='…',EndDateTime='…')`, whose parameters stand in the path.
    func reminders(_ call: GraphCall, _ function: String, in calendar: String) throws(GraphFailure) -> GraphAnswer {
        guard call.method == .get else { throw .notAllowed }
        let times = Self.quoted(function).compactMap { GraphTimestamp.read($0) }
        guard times.count == 2, times[0] <= times[1] else { throw .parameter("StartDateTime") }
        let rows = rows(in: calendar, of: call.account, times[0]..<times[1]).filter { row in
            row.item.fields(row.slot)["isReminderOn"]?.bool == true
        }
        return try page(rows, call, type: "Collection(microsoft.graph.reminder)") { row throws(GraphFailure) in
            let event = seen(row.item, in: call).json(row.slot, call.preferences)
            let minutes = event["reminderMinutesBeforeStart"]?.int ?? 0
            let fire = GraphTime(
                civil: EventZone.utc.civil(at: row.start.addingTimeInterval(Double(-60 * minutes))),
                zoneName: "UTC",
                zone: .utc
            )
            var node: JSONNode = [:]
            let names = [
                ("eventId", "id"), ("changeKey", "changeKey"), ("eventSubject", "subject"),
                ("eventWebLink", "webLink"), ("eventStartTime", "start"), ("eventEndTime", "end"),
                ("eventLocation", "location"),
            ]
            for (name, property) in names { node[name] = event[property] }
            node["reminderFireTime"] = fire.json(isAllDay: false, call.preferences)
            return node
        }
    }
}
