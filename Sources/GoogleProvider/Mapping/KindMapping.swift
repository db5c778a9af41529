import CalendarCore

/// `eventType` and the properties of the special types; settable on creation at most, and never written here.
enum KindMapping {
    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.kind = row.string("eventType").map { EventKind(rawValue: $0) } ?? .standard
        content.kindDetails = details(of: content.kind, row)
    }

    private static func details(of kind: EventKind, _ row: JSONRow) -> EventKindDetails? {
        switch kind {
        case .outOfOffice: object(row["outOfOfficeProperties"]).map { .outOfOffice(decline($0)) }
        case .focusTime:
            object(row["focusTimeProperties"]).map { .focusTime(decline($0), chatStatus: $0["chatStatus"]?.string) }
        case .workingLocation: object(row["workingLocationProperties"]).map { .workingLocation(place($0)) }
        case .birthday: object(row["birthdayProperties"]).map { .birthday(birthday($0)) }
        default: nil
        }
    }

    private static func object(_ value: JSONValue?) -> JSONValue? {
        value?.kind == .object ? value : nil
    }

    private static func decline(_ value: JSONValue) -> EventKindDetails.AutomaticDecline {
        .init(mode: value["autoDeclineMode"]?.string, message: value["declineMessage"]?.string)
    }

    /// The details stand in a member that is named like the type (reference "Events", `workingLocationProperties`).
    private static func place(_ value: JSONValue) -> EventKindDetails.WorkingLocation {
        let kind = value["type"]?.string
        let details = kind.flatMap { value[$0] }
        var place = EventKindDetails.WorkingLocation(kind: kind, label: details?["label"]?.string)
        place.building = details?["buildingId"]?.string
        place.floor = details?["floorId"]?.string
        place.section = details?["floorSectionId"]?.string
        place.desk = details?["deskId"]?.string
        return place
    }

    private static func birthday(_ value: JSONValue) -> EventKindDetails.Birthday {
        .init(
            kind: value["type"]?.string,
            label: value["customTypeName"]?.string,
            contact: value["contact"]?.string
        )
    }
}
