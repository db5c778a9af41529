public import CalendarCore
public import Foundation

/// What the adapter makes of the service's JSON, without a call: for dry runs, imports and tests.
extension GoogleCalendarProvider {
    /// Reads events in the service's JSON: one event, a page of a listing, or an array.
    ///
    /// Nothing that is JSON stops the others: what is no event is `unreadable`.
    ///
    /// - Throws: `CalendarError.invalidArgument` for anything but a JSON object or array.
    public func changes(reading payload: Data) throws -> [RemoteChange] {
        guard let root = (try? JSONDocument(payload))?.root, root.kind == .object || root.kind == .array else {
            throw CalendarError.invalidArgument("payload", "The input is not a JSON object or array.")
                .adding(provider: .google)
        }
        let items = root.kind == .array ? root : root["items"]
        let isPage = root.kind == .object && items?.kind == .array
        let reader = EventReader(
            markers: configuration.markers,
            calendarZone: isPage ? root["timeZone"]?.string : nil,
            accessRole: isPage ? root["accessRole"]?.string : nil
        )
        guard let items, items.kind == .array else { return [reader.change(root)] }
        return items.elements.map { reader.change($0) }
    }

    /// The body that an update would send: the fields that changed, and `{}` when none did.
    ///
    /// - Throws: `CalendarError` naming a field that cannot be written, as the update itself would.
    public func patch(for update: EventUpdate) throws -> Data {
        EventPatchRequest(
            calendar: "",
            update: update,
            changed: try changedFields(of: update),
            markers: configuration.markers
        ).body
    }

    /// The body that creating an event would send.
    public func payload(creating creation: EventCreation) -> Data {
        EventInsertRequest(calendar: "", creation: creation, markers: configuration.markers).body
    }
}
