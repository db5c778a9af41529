import CalendarCore
import Foundation
import GoogleProvider

/// A service's own JSON, as far as `calendar convert` needs to know it.
package struct EventFormat: Sendable {
    /// What each row of a payload says.
    let read: @Sendable (Data) throws -> [RemoteChange]
    /// The form in which contents are compared.
    let canonical: @Sendable (EventContent) -> EventContent
    /// The body that an update would send.
    let patch: @Sendable (EventUpdate) throws -> Data

    /// Google Calendar's event resource.
    package static let google = {
        let provider = GoogleCalendarProvider()
        return EventFormat(read: provider.changes(reading:), canonical: provider.canonical, patch: provider.patch(for:))
    }()

    /// The formats by the names that the option `--from` takes.
    package static let byName: [String: EventFormat] = ["google": google]
}
