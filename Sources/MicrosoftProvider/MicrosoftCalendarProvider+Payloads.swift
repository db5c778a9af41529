public import CalendarCore
public import Foundation

/// What the adapter makes of the service's JSON, without a call: for dry runs, imports and tests.
extension MicrosoftCalendarProvider {
    /// Reads events in the service's JSON: one event, a page of a listing or of a feed, or an array.
    ///
    /// Nothing that is JSON stops the others: what is no event is `unreadable`. The body of a request is read as well; it
    /// has no id, so that of its event is empty.
    ///
    /// - Throws: `CalendarError.invalidArgument` for anything but a JSON object or array.
    public func changes(reading payload: Data) throws -> [RemoteChange] {
        guard let root = (try? JSONDocument(payload))?.root, root.kind == .object || root.kind == .array else {
            throw CalendarError.invalidArgument("payload", "The input is not a JSON object or array.")
                .adding(provider: .microsoft)
        }
        return EventRows(mapping: mapping).changes(root)
    }

    /// The body that an update would send: the fields that changed, and `{}` when none did.
    ///
    /// - Throws: `CalendarError.unsupported` naming a field that cannot be written, as the update itself would.
    public func patch(for update: EventUpdate) throws -> Data {
        JSONNode.object(try mapping.patch(ChangedFields.of(update), of: update.content, base: update.base)).data
    }

    /// The body that creating an event would send.
    ///
    /// - Throws: `CalendarError.unsupported` naming a field that cannot be written, as the creation itself would.
    public func payload(creating creation: EventCreation) throws -> Data {
        JSONNode.object(try mapping.created(creation).body).data
    }
}
