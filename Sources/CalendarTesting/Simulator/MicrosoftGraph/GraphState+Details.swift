import CalendarCore
import Foundation

/// What hangs on an event: attachments and open extensions.
extension GraphState {
    /// Answers a call to the attachments of an event, or to one of them.
    mutating func attachments(
        _ call: GraphCall,
        _ id: String,
        in calendar: String?,
        _ rest: [String]
    ) throws(GraphFailure) -> GraphAnswer {
        let path = "events('\(PercentEncoding.encode(id))')/attachments"
        let part = rest.first
        guard rest.count < 2 || (rest.count == 2 && rest[1].lowercased() == "$value" && call.method == .get) else {
            throw .badRequest("Resource not found for the segment '\(rest[1])'.")
        }
        if call.method == .get {
            let item = try find(id, call.account, in: calendar).item
            guard let part else { return try list(item.attachments.map(\.json), call, path, type: "attachment") }
            guard let found = item.attachments.first(where: { $0.id == part }) else { throw .notFound }
            if rest.count == 2 {
                return GraphAnswer(raw: (found.contentType, Data(base64Encoded: found.content) ?? Data()))
            }
            return GraphAnswer(body: entity(found.json, path, call))
        }
        var item = try findToWrite(id, call, in: calendar).item
        switch (call.method, part) {
        case (.post, nil):
            let attachment = try GraphAttachment(try call.json(), id: identifiers.text(40) + "=", now: now)
            item.attachments.append(attachment)
            store(&item, call.account)
            return GraphAnswer(status: 201, body: entity(attachment.json, path, call))
        case (.delete, let part?):
            guard item.attachments.contains(where: { $0.id == part }) else { throw .notFound }
            item.attachments.removeAll { $0.id == part }
            store(&item, call.account)
            return GraphAnswer(status: 204)
        default: throw .notAllowed
        }
    }

    /// Answers a call to the open extensions of an event, or to one of them.
    mutating func extensions(
        _ call: GraphCall,
        _ id: String,
        in calendar: String?,
        _ part: String?
    ) throws(GraphFailure) -> GraphAnswer {
        let path = "events('\(PercentEncoding.encode(id))')/extensions"
        if call.method == .get {
            let item = try find(id, call.account, in: calendar).item
            guard let part else { return try page(item.extensions.map(\.json), call, type: context(path, call)) }
            guard let found = item.extensions.first(where: { $0.isNamed(part) }) else { throw .notFound }
            return GraphAnswer(body: entity(found.json, path, call))
        }
        var item = try findToWrite(id, call, in: calendar).item
        switch (call.method, part) {
        case (.post, nil):
            let new = try GraphExtension(try call.json())
            item.extensions.removeAll { $0.isNamed(new.name) }
            item.extensions.append(new)
            store(&item, call.account)
            return GraphAnswer(status: 201, body: entity(new.json, path, call))
        case (.patch, let part?):
            guard let index = item.extensions.firstIndex(where: { $0.isNamed(part) }) else { throw .notFound }
            item.extensions[index].merge(try call.json())
            store(&item, call.account)
            return GraphAnswer(body: entity(item.extensions[index].json, path, call))
        case (.delete, let part?):
            guard item.extensions.contains(where: { $0.isNamed(part) }) else { throw .notFound }
            item.extensions.removeAll { $0.isNamed(part) }
            store(&item, call.account)
            return GraphAnswer(status: 204)
        default: throw .notAllowed
        }
    }
}
