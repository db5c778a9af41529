import CalendarCore
import Foundation

extension GraphItem {
    /// The type of the item or of one of its occurrences.
    func type(_ slot: GraphSlot?) -> String {
        guard let slot else { return recurrence == nil ? "singleInstance" : "seriesMaster" }
        return slot.exception == nil ? "occurrence" : "exception"
    }

    /// The id of the item or of one of its occurrences.
    func id(_ slot: GraphSlot?) -> GraphEventID {
        GraphEventID(key: key, date: slot?.date, moves: moves)
    }

    /// The whole event as answered: every default property, navigation properties only where expanded.
    func json(_ slot: GraphSlot?, _ preferences: GraphPreferences) -> JSONNode {
        let fields = fields(slot)
        let isAllDay = slot?.exception?.isAllDay ?? isAllDay
        let id = id(slot).text(isImmutable: preferences.isImmutable)
        var node: JSONNode = [
            "@odata.etag": .string(etag(slot)),
            "id": .string(id),
            "createdDateTime": .string(GraphTimestamp.precise(created)),
            "lastModifiedDateTime": .string(GraphTimestamp.precise(slot?.exception?.modified ?? modified)),
            "changeKey": .string(changeKey(slot)),
            "categories": fields["categories"] ?? [],
            "transactionId": transactionID.map { .string($0) } ?? .null,
            "originalStartTimeZone": .string(start.zoneName),
            "originalEndTimeZone": .string(end.zoneName),
            "iCalUId": .string(iCalUID),
        ]
        for name in Self.plainNames.prefix(2) { node[name] = fields[name] ?? .null }
        node["hasAttachments"] = .bool(attachments.contains { !$0.isInline })
        node["subject"] = fields["subject"] ?? ""
        node["bodyPreview"] = .string(GraphBody.preview(fields["body"]?["content"]?.string ?? ""))
        node["isAllDay"] = .bool(isAllDay)
        node["isCancelled"] = .bool(isCancelled || slot?.exception?.isCancelled == true)
        node["isOrganizer"] = .bool(isOrganizer)
        node["seriesMasterId"] = slot == nil ? .null : .string(self.id(nil).text(isImmutable: preferences.isImmutable))
        node["type"] = .string(type(slot))
        node["webLink"] = .string(
            "https://outlook.office365.com/owa/?itemid=\(PercentEncoding.encode(id))&exvsurl=1&path=/calendar/item"
        )
        node["onlineMeetingUrl"] = .null
        for name in Self.plainNames.dropFirst(2) { node[name] = fields[name] ?? .null }
        node["isDraft"] = false
        node["recurrence"] = slot == nil ? recurrence?.json ?? .null : .null
        node["responseStatus"] = fields["responseStatus"] ?? responseStatus
        node["body"] = GraphBody.answer(fields["body"], asText: preferences.isText)
        node["start"] = (slot?.start ?? start).json(isAllDay: isAllDay, preferences)
        node["end"] = (slot?.end ?? end).json(isAllDay: isAllDay, preferences)
        node["organizer"] = [
            "emailAddress": [
                "name": .string(organizer.name ?? organizer.address), "address": .string(organizer.address),
            ]
        ]
        if let slot { node["originalStart"] = .string(GraphTimestamp.plain(slot.originalStart)) }
        for member in damage.members { node[member.key] = member.value }
        return node
    }

    /// The own answer of whoever has this copy.
    private var responseStatus: JSONNode {
        [
            "response": .string(response),
            "time": .string(answered.map { GraphTimestamp.precise($0) } ?? GraphTimestamp.none),
        ]
    }

    /// The item as others see it when it is private: when, but not what.
    ///
    /// - Parameters:
    ///   - subject: What stands in place of the subject.
    ///   - kept: Further properties that are shown.
    /// - Returns: The item with nothing else in it.
    func masked(as subject: JSONNode = "Private Appointment", keeping kept: [String] = []) -> GraphItem {
        var copy = self
        let shown = ["showAs", "sensitivity", "isReminderOn", "reminderMinutesBeforeStart"] + kept
        copy.fields = Self.defaults(isAllDay: isAllDay)
        copy.fields["subject"] = subject
        for name in shown { copy.fields[name] = fields[name] }
        for index in copy.exceptions.indices {
            let overrides = exceptions[index].overrides.members.filter { shown.contains($0.key) }
            copy.exceptions[index].overrides = JSONObject(overrides.map { (key: $0.key, value: $0.value) })
            copy.exceptions[index].properties = []
        }
        (copy.properties, copy.extensions, copy.attachments) = ([], [], [])
        return copy
    }

    /// Whether only the owner of the calendar sees what it says.
    var isPrivate: Bool { ["private", "confidential"].contains(fields["sensitivity"]?.string ?? "") }

    /// An occurrence as the change feed shows it: seven properties and no more.
    func sparse(_ slot: GraphSlot, _ preferences: GraphPreferences) -> JSONNode {
        [
            "@odata.type": "#microsoft.graph.event",
            "@odata.etag": .string(etag(slot)),
            "seriesMasterId": .string(id(nil).text(isImmutable: preferences.isImmutable)),
            "type": "occurrence",
            "start": slot.start.json(isAllDay: isAllDay, preferences),
            "end": slot.end.json(isAllDay: isAllDay, preferences),
            "id": .string(id(slot).text(isImmutable: preferences.isImmutable)),
        ]
    }

    /// The properties that are answered as they are stored.
    static let plainNames = [
        "reminderMinutesBeforeStart", "isReminderOn", "importance", "sensitivity", "responseRequested", "showAs",
        "isOnlineMeeting", "onlineMeetingProvider", "onlineMeeting", "allowNewTimeProposals", "hideAttendees",
        "location", "locations", "attendees",
    ]

    /// What a new event has where the request says nothing.
    static func defaults(isAllDay: Bool) -> JSONObject {
        let node: JSONNode = [
            "subject": "", "body": GraphBody.stored(.null), "importance": "normal", "sensitivity": "normal",
            "showAs": "busy", "categories": [], "location": GraphLocation.empty, "locations": [], "attendees": [],
            "responseRequested": true, "allowNewTimeProposals": true, "hideAttendees": false, "isReminderOn": true,
            "reminderMinutesBeforeStart": isAllDay ? 1080 : 15, "isOnlineMeeting": false,
            "onlineMeetingProvider": "unknown", "onlineMeeting": nil,
        ]
        return node.object ?? JSONObject()
    }
}

/// Locations as the service completes them.
enum GraphLocation {
    static let empty: JSONNode = [
        "displayName": "", "locationType": "default", "uniqueIdType": "unknown", "address": [:], "coordinates": [:],
    ]

    /// A location with the properties that are always there.
    static func completed(_ node: JSONNode) -> JSONNode {
        let name = node["displayName"]?.string ?? ""
        guard !name.isEmpty else { return empty }
        var result: JSONNode = ["displayName": .string(name), "locationType": "default"]
        for key in ["locationUri", "locationEmailAddress"] { result[key] = node[key] }
        result["uniqueId"] = .string(name)
        result["uniqueIdType"] = "private"
        result["address"] = node["address"] ?? [:]
        result["coordinates"] = node["coordinates"] ?? [:]
        return result
    }
}
