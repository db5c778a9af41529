import CalendarCore
import Foundation

/// Free and busy times (https://learn.microsoft.com/graph/api/calendar-getschedule): default calendars only.
extension GraphState {
    /// Answers when mailboxes are busy, with one entry per mailbox and failures inside the entries.
    func schedule(_ call: GraphCall) throws(GraphFailure) -> GraphAnswer {
        guard !(call.viewer.map { accounts[$0].isPersonal } ?? accounts[call.account].isPersonal) else {
            throw .workAccountsOnly
        }
        var body = JSONObject()
        for member in try call.json().object?.members ?? [] { body[member.key.lowercased()] = member.value }
        let schedules = (body["schedules"]?.elements ?? []).compactMap(\.string)
        guard !schedules.isEmpty else { throw .invalidRequest("The list of schedules is empty.") }
        guard schedules.count <= 20 else { throw .invalidRequest("At most 20 schedules can be asked for at once.") }
        let start = try GraphTime(body["starttime"] ?? .null, property: "startTime")
        let end = try GraphTime(body["endtime"] ?? .null, property: "endTime")
        guard start.date < end.date else { throw .invalidRequest("The end must lie after the start.") }
        guard end.date.timeIntervalSince(start.date) <= 62 * 86_400 else {
            throw .invalidRequest("The period is longer than 62 days.")
        }
        let asked = body["availabilityviewinterval"]
        let minutes = asked?.int ?? asked?.string.flatMap { Int($0) } ?? 30
        guard (5...1440).contains(minutes) else { throw .invalidRequest("The interval must be 5 to 1440 minutes.") }
        let window = start.date..<end.date
        // Each member of a list counts, and a list that is too long fails alone.
        var room = 20 - schedules.count
        var value: [JSONNode] = []
        for schedule in schedules {
            let members = lists[schedule.lowercased()]
            let isTooLong = members.map { $0.count - 1 > room } ?? false
            if let members, !isTooLong { room -= members.count - 1 }
            value.append(
                isTooLong
                    ? Self.refused(schedule, "ErrorFreeBusyDLLimitReached")
                    : entry(schedule, members, window, minutes: minutes, call)
            )
        }
        return GraphAnswer(
            body: [
                "@odata.context":
                    "https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.scheduleInformation)",
                "value": .array(value),
            ]
        )
    }

    private func entry(
        _ address: String,
        _ members: [String]?,
        _ window: Range<Date>,
        minutes: Int,
        _ call: GraphCall
    ) -> JSONNode {
        if let code = scheduleRefusals[address.lowercased()] { return Self.refused(address, code) }
        if let members {
            let blocks = members.compactMap { index(of: $0) }.flatMap { accounts[$0].blocks(in: window) }
            return [
                "scheduleId": .string(address),
                "availabilityView": .string(Self.view(blocks, window, minutes: minutes)), "scheduleItems": [],
            ]
        }
        guard let index = index(of: address), !accounts[index].isPersonal else {
            return Self.refused(address, "ErrorMailRecipientNotFound")
        }
        let account = accounts[index]
        let role = scheduleRole(in: index, call)
        guard role > .none else { return Self.refused(address, "ErrorNoFreeBusyAccess") }
        let blocks = account.blocks(in: window)
        return [
            "scheduleId": .string(address),
            "availabilityView": .string(Self.view(blocks, window, minutes: minutes)),
            "scheduleItems": .array(blocks.map { $0.json(as: role, call.preferences) }),
            "workingHours": account.workingHours,
        ]
    }

    /// What the caller sees of somebody's schedule; the own one and, for an application, each one as a whole.
    private func scheduleRole(in account: Int, _ call: GraphCall) -> GraphRole {
        guard let viewer = call.viewer, viewer != account, let calendar = accounts[account].calendars.first else {
            return .delegateWithPrivateEventAccess
        }
        return role(of: accounts[viewer], in: calendar, accounts[account])
    }

    private static func refused(_ address: String, _ code: String) -> JSONNode {
        [
            "scheduleId": .string(address), "availabilityView": "",
            "error": ["message": "The schedule cannot be shown.", "responseCode": .string(code)],
        ]
    }

    /// One digit per slot: the strongest status that touches it.
    static func view(_ blocks: [GraphBlock], _ window: Range<Date>, minutes: Int) -> String {
        let step = Double(minutes) * 60
        let count = Int((window.upperBound.timeIntervalSince(window.lowerBound) / step).rounded(.up))
        return (0..<count).map { number in
            let begin = window.lowerBound.addingTimeInterval(Double(number) * step)
            let slot = begin..<begin.addingTimeInterval(step)
            let digit = blocks.filter { GraphItem.overlaps($0.start.date, $0.end.date, slot) }.map(\.digit).max() ?? 0
            return String(digit)
        }.joined()
    }
}

/// A span of somebody's time.
struct GraphBlock: Sendable {
    let status: String
    let start: GraphTime
    let end: GraphTime
    let subject: String
    let location: String
    let isPrivate: Bool

    /// The digit of the availability view; working elsewhere counts as free there.
    var digit: Int {
        switch status {
        case "tentative": 1
        case "busy": 2
        case "oof": 3
        default: 0
        }
    }

    /// The schedule item; titles and places only for those who may see them, and never of private events.
    func json(as role: GraphRole, _ preferences: GraphPreferences) -> JSONNode {
        var node: JSONNode = [:]
        if role >= .limitedRead {
            node["isPrivate"] = .bool(isPrivate)
            if !isPrivate {
                node["subject"] = .string(subject)
                node["location"] = .string(location)
            }
        }
        node["status"] = .string(status)
        node["start"] = start.json(isAllDay: false, preferences)
        node["end"] = end.json(isAllDay: false, preferences)
        return node
    }
}

extension GraphFailure {
    /// Something that personal accounts cannot do.
    static let workAccountsOnly = GraphFailure(
        status: 403,
        code: "ErrorAccessDenied",
        message: "This request is for accounts of organisations only."
    )
}

extension GraphAccount {
    /// The spans of the default calendar that touch a window, by start.
    func blocks(in window: Range<Date>) -> [GraphBlock] {
        var blocks: [GraphBlock] = []
        for item in items(in: primary) where !item.isCancelled {
            if item.recurrence != nil {
                blocks += item.slots(in: window).filter { $0.exception?.isCancelled != true }
                    .map { GraphBlock(item.fields($0), $0.start, $0.end) }
            } else if item.isInside(window) {
                blocks.append(GraphBlock(item.fields, item.start, item.end))
            }
        }
        return blocks.enumerated().sorted { ($0.element.start.date, $0.offset) < ($1.element.start.date, $1.offset) }
            .map(\.element)
    }
}

extension GraphBlock {
    init(_ fields: JSONObject, _ start: GraphTime, _ end: GraphTime) {
        status = fields["showAs"]?.string ?? "busy"
        self.start = start
        self.end = end
        subject = fields["subject"]?.string ?? ""
        location = fields["location"]?["displayName"]?.string ?? ""
        isPrivate = ["private", "confidential"].contains(fields["sensitivity"]?.string ?? "")
    }
}
