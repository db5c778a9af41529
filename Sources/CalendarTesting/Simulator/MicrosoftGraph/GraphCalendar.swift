import CalendarCore
import Foundation

/// A calendar of a mailbox.
struct GraphCalendar: Sendable {
    let id: String
    var title: String
    /// What the mailbox's owner may do in it.
    var access: RemoteCalendar.Access
    var changeKey: String
    /// The group it is shown in.
    var group = ""
    var color = "auto"
    var hexColor = ""
    var providers = ["teamsForBusiness"]
    var provider = "teamsForBusiness"
    /// Whose it is when it is not the mailbox's own; holidays and the like are the mailbox's own and cannot be written.
    var stranger: EventPerson?
    /// Where it really is when another mailbox here shares it.
    var share: GraphShare?
    /// Whom it is shared with, besides what everybody in the organisation sees.
    var permissions: [GraphPermission] = []
    /// What everybody in the organisation sees.
    var everybody = GraphRole.freeBusyRead

    /// The calendar as answered (https://learn.microsoft.com/graph/api/resources/calendar).
    ///
    /// - Parameters:
    ///   - account: The mailbox it stands in.
    ///   - role: What the caller may do, if the mailbox is somebody else's.
    /// - Returns: The resource.
    func json(in account: GraphAccount, as role: GraphRole? = nil) -> JSONNode {
        let role = share?.role ?? role
        let isDefault = id == account.primary
        let isOwn = stranger == nil && role == nil
        let owner = stranger ?? EventPerson(account.address, name: account.name)
        return [
            "id": .string(id), "name": .string(title), "color": .string(color), "hexColor": .string(hexColor),
            "isDefaultCalendar": .bool(isDefault && role == nil), "changeKey": .string(changeKey),
            "canShare": .bool(isOwn && access == .owner),
            "canViewPrivateItems": .bool(isOwn || role == .delegateWithPrivateEventAccess),
            "canEdit": .bool((role?.access ?? access) >= .write),
            "allowedOnlineMeetingProviders": .array(providers.map { .string($0) }),
            "defaultOnlineMeetingProvider": .string(provider),
            "isTallyingResponses": .bool(share?.isDefault ?? isDefault), "isRemovable": .bool(!isDefault),
            "owner": ["name": .string(owner.name ?? owner.address), "address": .string(owner.address)],
        ]
    }

    /// The words of `color` (https://learn.microsoft.com/graph/api/resources/calendar).
    static let colors = [
        "auto", "lightBlue", "lightGreen", "lightOrange", "lightGray", "lightYellow", "lightTeal", "lightPink",
        "lightBrown", "lightRed", "maxColor",
    ]
}

/// A group of calendars.
struct GraphCalendarGroup: Sendable {
    let id: String
    var name: String
    let classID: String
    var changeKey: String

    /// The group as answered (https://learn.microsoft.com/graph/api/resources/calendargroup).
    var json: JSONNode {
        [
            "id": .string(id), "name": .string(name), "classId": .string(classID), "changeKey": .string(changeKey),
        ]
    }

    /// The class of the group that every mailbox has for its own calendars.
    static let ownClass = "0006f0b7-0000-0000-c000-000000000046"
    /// The class of the group that every mailbox has for calendars of others.
    static let otherClass = "0006f0b8-0000-0000-c000-000000000046"

    /// Whether every mailbox has it, so that it cannot be deleted.
    var isBuiltIn: Bool { [Self.ownClass, Self.otherClass].contains(classID) }
}

/// What somebody may do in a calendar (`calendarRoleType`), least first.
enum GraphRole: String, Sendable, CaseIterable, Comparable {
    case none, freeBusyRead, limitedRead, read, write, delegateWithoutPrivateEventAccess
    case delegateWithPrivateEventAccess

    static func < (left: GraphRole, right: GraphRole) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }

    /// The same in the words of the model.
    var access: RemoteCalendar.Access {
        switch self {
        case .none, .freeBusyRead: .freeBusy
        case .limitedRead, .read: .read
        case .write, .delegateWithoutPrivateEventAccess, .delegateWithPrivateEventAccess: .write
        }
    }
}

/// What one person may do in a calendar of somebody else.
struct GraphPermission: Sendable {
    let person: EventPerson
    let isInside: Bool
    var role: GraphRole

    /// The id, which says whom it is for.
    var id: String { Self.id(person.address) }

    static func id(_ address: String) -> String {
        Data("/o=Simulated/cn=Recipients/cn=\(address.lowercased())".utf8).base64EncodedString()
    }

    /// The id of what everybody in the organisation may do.
    static let everybodyID = Data("Default".utf8).base64EncodedString()
}

/// Where a calendar that another mailbox shares really is.
struct GraphShare: Sendable {
    /// The object id of its owner.
    let owner: String
    let calendar: String
    /// Whether it is the owner's default calendar.
    let isDefault: Bool
    var role: GraphRole
    /// How far the ids of its events are turned in this mailbox: ids differ between the two views.
    let turn: Int
}

extension GraphEventID {
    /// The id that the same event has in another mailbox's view; a text that is no id of an event stays as it is.
    static func turned(_ text: String, by turn: Int) -> String {
        guard let id = try? GraphEventID(text) else { return text }
        let key = id.key.map { letter in
            letters.firstIndex(of: letter).map {
                letters[(($0 + turn) % letters.count + letters.count) % letters.count]
            }
                ?? letter
        }
        return String(text.prefix(7)) + String(key) + text.dropFirst(7 + keyLength)
    }
}

extension JSONNode {
    /// The answer with the ids of events turned, wherever they stand.
    func turned(by turn: Int) -> JSONNode {
        switch self {
        case .array(let elements): return .array(elements.map { $0.turned(by: turn) })
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.map { member in
                        let isID = ["id", "seriesMasterId", "eventId"].contains(member.key)
                        let text = isID ? member.value.string : nil
                        let value =
                            text.map { .string(GraphEventID.turned($0, by: turn)) } ?? member.value.turned(by: turn)
                        return (key: member.key, value: value)
                    }
                )
            )
        case .string(let text) where text.hasPrefix("OID."):
            let parts = text.split(separator: ".").map { String($0) }
            guard parts.count == 3 else { return self }
            return .string("OID.\(GraphEventID.turned(parts[1], by: turn)).\(parts[2])")
        default: return self
        }
    }
}
