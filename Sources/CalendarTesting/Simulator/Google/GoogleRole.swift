import CalendarCore

/// What somebody may do with a calendar, from nothing to everything (reference: Acl, `role`).
enum GoogleRole: String, Sendable, CaseIterable, Comparable {
    case none
    case freeBusyReader
    case reader
    case writerWithoutPrivateAccess
    case writer
    case owner

    /// The role that gives an access level of the neutral model.
    init(_ access: RemoteCalendar.Access) {
        switch access {
        case .freeBusy: self = .freeBusyReader
        case .read: self = .reader
        case .write: self = .writer
        case .owner: self = .owner
        }
    }

    /// The access level of the neutral model; nil for no access.
    var access: RemoteCalendar.Access? {
        switch self {
        case .none: nil
        case .freeBusyReader: .freeBusy
        case .reader: .read
        case .writerWithoutPrivateAccess, .writer: .write
        case .owner: .owner
        }
    }

    static func < (left: Self, right: Self) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}
