public import CalendarCore
public import Foundation

/// How the service is reached, and what its administrators and its app can change.
extension GoogleCalendarSimulator {
    /// The address at which clients reach the simulator when it is served; nil while it plays Google's own.
    ///
    /// Links in later answers, such as `htmlLink`, start with it.
    public var publicRoot: URL? {
        get { access { service in service.publicRoot.flatMap { URL(string: $0) } } }
        set {
            let text = newValue?.absoluteString
            access { service in
                service.publicRoot = text.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
            }
        }
    }

    /// The longest window of a free/busy query in days; a longer one answers 400 with `timeRangeTooLong`.
    public var longestFreeBusyWindow: Int {
        get { access { service in service.freeBusyRules.longestWindow } }
        set { access { service in service.freeBusyRules.longestWindow = newValue } }
    }

    /// Calendars that free/busy answers do not mention although they were asked for, as happens at the service.
    public var missingFromFreeBusy: Set<CalendarID> {
        get { access { service in Set(service.freeBusyRules.missing.map { CalendarID($0) }) } }
        set {
            let ids = Set(newValue.map { $0.rawValue.lowercased() })
            access { service in service.freeBusyRules.missing = ids }
        }
    }

    /// Makes a group, whose members free/busy queries and access rules name together; one that exists is replaced.
    public func addGroup(_ address: String, members: [String]) {
        access { service in service.groups[address.lowercased()] = members }
    }

    /// Changes a setting of an account as its owner does in the app; an unknown account or setting changes nothing.
    public func changeSetting(_ id: String, of address: String, to value: String) {
        access { service in
            guard let account = service.accountIndex(address) else { return }
            service.changeSetting(id, to: value, account: account)
        }
    }
}
