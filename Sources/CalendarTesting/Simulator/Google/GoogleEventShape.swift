import CalendarCore

/// The form of a value that a client may send, after the discovery document's schemas.
///
/// Reading keeps what the schema knows and leaves out the rest, so that no answer ever carries an unknown field or a
/// value of another type. Scalars are taken from one another as the service's reader does; anything else is refused.
indirect enum GoogleEventShape: Sendable {
    case text
    case flag
    case number
    /// An object whose members nobody looks at.
    case anything
    case list(GoogleEventShape)
    case object([String: GoogleEventShape])
    /// An object with any keys.
    case map(GoogleEventShape)

    /// The value in this form.
    ///
    /// - Parameters:
    ///   - node: What was sent; `null` passes, because it removes a field.
    ///   - name: The field, for the message.
    /// - Returns: The value without unknown members.
    /// - Throws: The answer 400 when the value cannot be read.
    func read(_ node: JSONNode, _ name: String) throws(GoogleRefusal) -> JSONNode {
        if node.isNull { return node }
        switch (self, node) {
        case (.text, .string), (.flag, .bool), (.number, .int), (.anything, .object): return node
        case (.text, .int(let value)): return .string(String(value))
        case (.text, .bool(let value)): return .string(String(value))
        case (.flag, .string("true")): return true
        case (.flag, .string("false")): return false
        case (.number, .string(let text)):
            if let value = Int(text) { return .int(value) }
        case (.number, .double(let value)):
            if let whole = Int(exactly: value) { return .int(whole) }
        case (.list(let shape), .array(let elements)):
            var result: [JSONNode] = []
            for element in elements where !element.isNull { result.append(try shape.read(element, name)) }
            return .array(result)
        case (.object(let shapes), .object(let members)):
            var result = JSONObject()
            for member in members.members {
                guard let shape = shapes[member.key] else { continue }
                result[member.key] = try shape.read(member.value, "\(name).\(member.key)")
            }
            return .object(result)
        case (.map(let shape), .object(let members)):
            var result = JSONObject()
            for member in members.members { result[member.key] = try shape.read(member.value, name) }
            return .object(result)
        default: break
        }
        throw .invalid("Invalid value for: \(name)")
    }
}

extension GoogleEventShape {
    private static let time = object(["date": text, "dateTime": text, "timeZone": text])
    private static let person = object(["id": text, "email": text, "displayName": text])

    private static let attendee = object([
        "id": text, "email": text, "displayName": text, "resource": flag, "optional": flag, "responseStatus": text,
        "comment": text, "additionalGuests": number,
    ])

    private static let solutionKey = object(["type": text])

    private static let conference = object([
        "conferenceId": text, "notes": text, "signature": text,
        "conferenceSolution": object(["iconUri": text, "key": solutionKey, "name": text]),
        "createRequest": object(["requestId": text, "conferenceSolutionKey": solutionKey]),
        "entryPoints": list(
            object([
                "accessCode": text, "entryPointFeatures": list(text), "entryPointType": text, "label": text,
                "meetingCode": text, "passcode": text, "password": text, "pin": text, "regionCode": text, "uri": text,
            ])
        ),
        "parameters": object(["addOnParameters": object(["parameters": map(text)])]),
    ])

    private static let workingLocation = object([
        "type": text, "homeOffice": anything, "customLocation": object(["label": text]),
        "officeLocation": object([
            "buildingId": text, "deskId": text, "floorId": text, "floorSectionId": text, "label": text,
        ]),
    ])

    private static let gadget = object([
        "display": text, "height": number, "iconLink": text, "link": text, "preferences": map(text), "title": text,
        "type": text, "width": number,
    ])

    /// What a client may say about an event; the rest of the resource is the service's own and passes unread.
    static let event = object([
        "id": text, "iCalUID": text, "status": text, "summary": text, "description": text, "location": text,
        "colorId": text, "eventLabelId": text, "organizer": person, "start": time, "end": time,
        "recurrence": list(text), "originalStartTime": time, "transparency": text, "visibility": text,
        "sequence": number, "attendees": list(attendee), "attendeesOmitted": flag, "endTimeUnspecified": flag,
        "extendedProperties": object(["private": map(text), "shared": map(text)]), "conferenceData": conference,
        "gadget": gadget, "anyoneCanAddSelf": flag, "guestsCanInviteOthers": flag, "guestsCanModify": flag,
        "guestsCanSeeOtherGuests": flag, "privateCopy": flag,
        "reminders": object([
            "useDefault": flag, "overrides": list(object(["method": text, "minutes": number])),
        ]),
        "source": object(["title": text, "url": text]),
        "attachments": list(
            object(["fileId": text, "fileUrl": text, "iconLink": text, "mimeType": text, "title": text])
        ),
        "workingLocationProperties": workingLocation,
        "outOfOfficeProperties": object(["autoDeclineMode": text, "declineMessage": text]),
        "focusTimeProperties": object(["autoDeclineMode": text, "chatStatus": text, "declineMessage": text]),
        "birthdayProperties": object(["contact": text, "customTypeName": text, "type": text]), "eventType": text,
    ])
}

extension GoogleCall {
    /// The body as an event, without what no client decides.
    func event() throws(GoogleRefusal) -> JSONNode {
        try GoogleEventShape.event.read(try resource(), "event")
    }
}
