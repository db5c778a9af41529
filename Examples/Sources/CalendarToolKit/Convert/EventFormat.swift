import CalendarCore
import Foundation
import GoogleProvider
import MicrosoftProvider

/// A service's own JSON, as far as `calendar convert` needs to know it.
package struct EventFormat: Sendable {
    /// What each row of a payload says.
    let read: @Sendable (Data) throws -> [RemoteChange]
    /// The form in which contents are compared.
    let canonical: @Sendable (EventContent) -> EventContent
    /// The body that an update would send.
    let patch: @Sendable (EventUpdate) throws -> Data
    /// The body that creating an event would send.
    let payload: @Sendable (EventCreation) throws -> Data
    /// What the service cannot express of a content.
    let losses: @Sendable (EventContent) -> [FidelityLoss]

    /// Google Calendar's event resource.
    package static let google = {
        let provider = GoogleCalendarProvider()
        return EventFormat(
            read: provider.changes(reading:),
            canonical: provider.canonical,
            patch: provider.patch(for:),
            payload: provider.payload(creating:),
            losses: provider.losses(writing:)
        )
    }()

    /// Microsoft Graph's event resource.
    package static let microsoft = {
        let provider = MicrosoftCalendarProvider()
        return EventFormat(
            read: provider.changes(reading:),
            canonical: provider.canonical,
            patch: provider.patch(for:),
            payload: provider.payload(creating:),
            losses: provider.losses(writing:)
        )
    }()

    /// The formats by the names that the options `--from` and `--to` take.
    package static let byName: [String: EventFormat] = ["google": google, "microsoft": microsoft]
}
