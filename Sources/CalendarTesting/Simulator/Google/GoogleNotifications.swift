import CalendarCore
import Foundation

/// Who gets mail about a write (`sendUpdates`).
enum GoogleNotifications {
    case all
    case externalOnly
    case none

    /// Reads the parameter; not given means nobody.
    ///
    /// The older `sendNotifications=true` means everybody.
    init(_ query: FormFields) throws(GoogleRefusal) {
        switch query["sendUpdates"] {
        case "all": self = .all
        case "externalOnly": self = .externalOnly
        case "none": self = .none
        case nil: self = query["sendNotifications"] == "true" ? .all : .none
        default: throw GoogleRefusal(400, "invalidParameter", "Invalid Value", parameter: "sendUpdates")
        }
    }

    /// Whether a mail goes from one address to another; "external" goes by the organizer's domain.
    func reaches(_ guest: String, from organizer: String) -> Bool {
        func domain(_ address: String) -> Substring? { address.lowercased().split(separator: "@").last }
        return switch self {
        case .all: true
        case .externalOnly: domain(guest) != domain(organizer)
        case .none: false
        }
    }
}

extension GoogleService {
    /// Sends a mail to some guests of a row; never to the organizer.
    mutating func notify(
        _ kind: SimulatedMail.Kind,
        of row: GoogleEventRow,
        to guests: [String],
        _ notifications: GoogleNotifications
    ) {
        let content = GoogleContent.content(of: row)
        for guest in guests where guest.lowercased() != row.organizer.lowercased() {
            guard notifications.reaches(guest, from: row.organizer) else { continue }
            mail.append(
                SimulatedMail(kind: kind, from: row.organizer, to: guest, iCalUID: row.iCalUID, content: content)
            )
        }
    }

    /// Sends what a change means to each guest: new ones are invited, those left out are told so.
    mutating func notifyChange(
        from old: GoogleEventRow?,
        to row: GoogleEventRow,
        _ notifications: GoogleNotifications
    ) {
        let before = old.map(Self.guests) ?? []
        let after = Self.guests(row)
        for guest in after {
            let isNew = !before.contains { $0.lowercased() == guest.lowercased() }
            notify(isNew ? .invitation : .update, of: row, to: [guest], notifications)
        }
        let removed = before.filter { guest in !after.contains { $0.lowercased() == guest.lowercased() } }
        notify(.cancellation, of: row, to: removed, notifications)
    }

    /// The addresses of the guests, in the event's order.
    static func guests(_ row: GoogleEventRow) -> [String] {
        row.attendees.compactMap { $0["email"]?.string }
    }

    /// Sends a guest's answer to the organizer.
    mutating func notifyResponse(
        of guest: String,
        in row: GoogleEventRow,
        _ notifications: GoogleNotifications
    ) {
        guard notifications.reaches(row.organizer, from: guest) else { return }
        let content = GoogleContent.content(of: row)
        mail.append(
            SimulatedMail(kind: .response, from: guest, to: row.organizer, iCalUID: row.iCalUID, content: content)
        )
    }
}
