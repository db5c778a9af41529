public import CalendarCore
import Foundation

/// What people and administrators do to mailboxes: settings, shared calendars, lists of people.
///
/// Naming an account or calendar that does not exist is a fault of the test and ends the process.
extension MicrosoftGraphSimulator {
    /// Changes settings of a mailbox without any check, as another client may have written them.
    ///
    /// - Parameters:
    ///   - address: Whose mailbox it is.
    ///   - json: An object; its members are merged into the settings (RFC 7396), such as
    ///     `{"timeZone": "Customized Time Zone"}`.
    public func changeMailboxSettings(of address: String, with json: String) {
        guard let change = try? JSONNode(Array(json.utf8)), change.object != nil else {
            preconditionFailure("the text is no JSON object")
        }
        withState { state in
            let account = state.required(address)
            let settings = JSONNode.object(state.accounts[account].settings).merging(change)
            state.accounts[account].settings = settings.object ?? JSONObject()
            let name = change["timeZone"]?.string
            if let zone = name.flatMap({ try? GraphTime.zone(named: $0) }) { state.accounts[account].zone = zone }
        }
    }

    /// Shares a calendar with somebody, in whose list it then stands under an id of its own.
    ///
    /// - Parameters:
    ///   - calendar: The calendar; nil for the default one.
    ///   - owner: Whose it is.
    ///   - guest: Who may see it.
    ///   - role: What that person may do: `freeBusyRead`, `limitedRead`, `read`, `write`,
    ///     `delegateWithoutPrivateEventAccess` or `delegateWithPrivateEventAccess`.
    /// - Returns: The calendar's id in the guest's list.
    @discardableResult
    public func share(
        _ calendar: CalendarID? = nil,
        of owner: String,
        with guest: String,
        role: String = "read"
    ) -> CalendarID {
        withState { state in
            let (account, other) = (state.required(owner), state.required(guest))
            let id = calendar?.rawValue ?? state.accounts[account].primary
            let position = state.accounts[account].calendars.firstIndex { $0.id == id }
            guard let index = position, let role = GraphRole(rawValue: role), role > .none, account != other else {
                preconditionFailure("there is no such calendar or role")
            }
            let person = state.accounts[other]
            let permission = GraphPermission(
                person: EventPerson(person.address, name: person.name),
                isInside: !person.isPersonal,
                role: role
            )
            state.accounts[account].calendars[index].permissions.removeAll { $0.id == permission.id }
            state.accounts[account].calendars[index].permissions.append(permission)
            state.share(index, of: account, with: permission)
            let owner = state.accounts[account].id
            let shared = state.accounts[other].calendars.first { $0.share?.owner == owner && $0.share?.calendar == id }
            return CalendarID(shared?.id ?? "")
        }
    }

    /// Makes a calendar that nobody can write, such as one of holidays or birthdays.
    ///
    /// - Parameters:
    ///   - title: The name shown.
    ///   - address: In whose mailbox it stands.
    /// - Returns: Its id.
    @discardableResult
    public func addReadOnlyCalendar(_ title: String, to address: String) -> CalendarID {
        withState { state in
            let account = state.required(address)
            let groups = state.accounts[account].groups
            let group = groups.first { $0.classID == GraphCalendarGroup.otherClass }?.id ?? ""
            let calendar = state.newCalendar(title, .read, account: account, group: group)
            state.accounts[account].calendars.append(calendar)
            return CalendarID(calendar.id)
        }
    }

    /// Sets which online meetings a calendar allows; the first one is its default.
    ///
    /// - Parameters:
    ///   - providers: Words such as `teamsForBusiness`; none leaves `unknown` as the default.
    ///   - address: Whose calendar it is.
    ///   - calendar: Which one; nil for the default calendar.
    public func allowOnlineMeetings(_ providers: [String], of address: String, calendar: CalendarID? = nil) {
        withState { state in
            let account = state.required(address)
            let id = calendar?.rawValue ?? state.accounts[account].primary
            for index in state.accounts[account].calendars.indices
            where state.accounts[account].calendars[index].id == id {
                state.accounts[account].calendars[index].providers = providers
                state.accounts[account].calendars[index].provider = providers.first ?? "unknown"
            }
        }
    }

    /// Makes a list of people, whose members count each in questions for schedules; one that exists is replaced.
    public func addGroup(_ address: String, members: [String]) {
        withState { $0.lists[address.lowercased()] = members }
    }

    /// Lets the schedule of an address fail inside an answer that succeeds, with a code such as
    /// `ErrorProxyRequestProcessingFailed`; nil lets it be shown again.
    public func refuseSchedule(of address: String, with code: String?) {
        withState { $0.scheduleRefusals[address.lowercased()] = code }
    }

    /// Takes a mailbox away from the interface, as for accounts without a licence: it answers 404 with a code such as
    /// `MailboxNotEnabledForRESTAPI`; nil brings it back.
    public func closeMailbox(of address: String, with code: String?) {
        withState { state in
            let account = state.required(address)
            state.accounts[account].mailboxFailure = code.map { code in
                GraphFailure(status: 404, code: code, message: "REST API is not yet supported for this mailbox.")
            }
        }
    }
}
