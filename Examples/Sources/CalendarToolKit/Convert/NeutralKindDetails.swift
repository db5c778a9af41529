import CalendarCore

/// What a special kind of event says beyond an ordinary one, under one key each.
struct NeutralKindDetails: Encodable {
    private(set) var automaticDecline: EventKindDetails.AutomaticDecline?
    private(set) var chatStatus: String?
    private(set) var workingLocation: EventKindDetails.WorkingLocation?
    private(set) var birthday: EventKindDetails.Birthday?

    init(_ details: EventKindDetails) {
        switch details {
        case .outOfOffice(let decline): automaticDecline = decline
        case .focusTime(let decline, let status): (automaticDecline, chatStatus) = (decline, status)
        case .workingLocation(let place): workingLocation = place
        case .birthday(let day): birthday = day
        }
    }
}
