#if SQLite
import CalendarCore

extension EventBody: PlainRow {
    var isPlain: Bool { self == EventBody(text, isHTML: isHTML) }

    func write(_ writer: inout JSONWriter) {
        writer.field("text", text)
        writer.field("isHTML", isHTML)
    }

    init?(_ json: JSONValue) {
        guard let text = json["text"]?.string, let isHTML = json["isHTML"]?.bool else { return nil }
        self.init(text, isHTML: isHTML)
    }
}

extension GuestRights: PlainRow {
    var isPlain: Bool {
        self
            == GuestRights(
                mayModify: mayModify,
                mayInviteOthers: mayInviteOthers,
                maySeeOtherGuests: maySeeOtherGuests
            )
    }

    func write(_ writer: inout JSONWriter) {
        writer.field("mayModify", mayModify)
        writer.field("mayInviteOthers", mayInviteOthers)
        writer.field("maySeeOtherGuests", maySeeOtherGuests)
    }

    init?(_ json: JSONValue) {
        guard
            let mayModify = json["mayModify"]?.bool,
            let mayInviteOthers = json["mayInviteOthers"]?.bool,
            let maySeeOtherGuests = json["maySeeOtherGuests"]?.bool
        else { return nil }
        self.init(mayModify: mayModify, mayInviteOthers: mayInviteOthers, maySeeOtherGuests: maySeeOtherGuests)
    }
}

extension EventReminders: PlainRow {
    var isPlain: Bool {
        self == EventReminders(usesDefault: usesDefault, overrides: overrides) && overrides.allSatisfy { $0.isPlain }
    }

    func write(_ writer: inout JSONWriter) {
        writer.field("usesDefault", usesDefault)
        writer.array("overrides") { writer in
            for reminder in overrides { writer.object { reminder.write(&$0) } }
        }
    }

    init?(_ json: JSONValue) {
        guard
            let usesDefault = json["usesDefault"]?.bool,
            let overrides = json["overrides"]?.parts(Reminder.self)
        else { return nil }
        self.init(usesDefault: usesDefault, overrides: overrides)
    }
}

extension EventReminders.Reminder: PlainRow {
    var isPlain: Bool { self == .init(method: method, minutesBefore: minutesBefore) }

    func write(_ writer: inout JSONWriter) {
        writer.field("method", method)
        writer.field("minutesBefore", minutesBefore)
    }

    init?(_ json: JSONValue) {
        guard let method = json["method"]?.string, let minutes = json["minutesBefore"]?.int else { return nil }
        self.init(method: method, minutesBefore: minutes)
    }
}

extension EventConference: PlainRow {
    var isPlain: Bool {
        self == EventConference(solution: solution, joinURL: joinURL, state: state, entryPoints: entryPoints)
            && entryPoints.allSatisfy { $0.isPlain }
    }

    func write(_ writer: inout JSONWriter) {
        writer.field("solution", ifPresent: solution)
        writer.field("joinURL", ifPresent: joinURL)
        writer.field("state", state.rawValue)
        writer.field("entryPoints", unlessEmpty: entryPoints)
    }

    init?(_ json: JSONValue) {
        guard let state = json["state"]?.string.flatMap({ State(rawValue: $0) }) else { return nil }
        var points: [ConferenceEntryPoint] = []
        if let stored = json["entryPoints"], !put(stored.parts(ConferenceEntryPoint.self), &points) { return nil }
        self.init(
            solution: json["solution"]?.string,
            joinURL: json["joinURL"]?.string,
            state: state,
            entryPoints: points
        )
    }
}

extension ConferenceEntryPoint: PlainRow {
    var isPlain: Bool {
        self == ConferenceEntryPoint(kind: kind, url: url, label: label, code: code, region: region)
    }

    func write(_ writer: inout JSONWriter) {
        writer.field("kind", kind)
        writer.field("url", url)
        writer.field("label", ifPresent: label)
        writer.field("code", ifPresent: code)
        writer.field("region", ifPresent: region)
    }

    init?(_ json: JSONValue) {
        guard let kind = json["kind"]?.string, let url = json["url"]?.string else { return nil }
        self.init(
            kind: kind,
            url: url,
            label: json["label"]?.string,
            code: json["code"]?.string,
            region: json["region"]?.string
        )
    }
}
#endif
