#if SQLite
import CalendarCore

extension EventPerson: PlainRow {
    var isPlain: Bool { self == EventPerson(address, name: name) }

    func write(_ writer: inout JSONWriter) {
        writer.field("address", address)
        writer.field("name", ifPresent: name)
    }

    init?(_ json: JSONValue) {
        guard let address = json["address"]?.string else { return nil }
        self.init(address, name: json["name"]?.string)
    }
}

extension Attendee: PlainRow {
    var isPlain: Bool {
        let usual = Attendee(
            person,
            role: role,
            response: response,
            comment: comment,
            additionalGuests: additionalGuests,
            isSelf: isSelf
        )
        return self == usual && person.isPlain
    }

    func write(_ writer: inout JSONWriter) {
        writer.field("person", person)
        writer.field("role", role.rawValue)
        writer.field("response", response.rawValue)
        writer.field("comment", ifPresent: comment)
        writer.field("additionalGuests", additionalGuests)
        writer.field("isSelf", isSelf)
    }

    init?(_ json: JSONValue) {
        guard
            let person = json["person"].flatMap({ EventPerson($0) }),
            let role = json["role"]?.string.flatMap({ Role(rawValue: $0) }),
            let response = json["response"]?.string,
            let guests = json["additionalGuests"]?.int,
            let isSelf = json["isSelf"]?.bool
        else { return nil }
        self.init(
            person,
            role: role,
            response: ResponseStatus(rawValue: response),
            comment: json["comment"]?.string,
            additionalGuests: guests,
            isSelf: isSelf
        )
    }
}
#endif
