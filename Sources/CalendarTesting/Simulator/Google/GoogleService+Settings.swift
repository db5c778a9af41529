import CalendarCore
import Foundation

/// A setting of an account in the service's app; values are texts whatever they mean.
struct GoogleSetting: Sendable {
    let id: String
    var value: String
    var version: Int64 = 1
    /// The change of the settings that last touched it.
    var change = 0

    var etag: String { "\"\(version)\"" }

    /// The setting as the service prints it.
    var node: JSONNode {
        ["kind": "calendar#setting", "etag": .string(etag), "id": .string(id), "value": .string(value)]
    }

    /// The settings of a new account, in the order of their names.
    static func initial(zone: EventZone) -> [GoogleSetting] {
        [
            ("autoAddHangouts", "true"), ("dateFieldOrder", "MDY"), ("defaultEventLength", "60"),
            ("format24HourTime", "false"), ("hideInvitations", "false"), ("hideWeekends", "false"), ("locale", "en"),
            ("remindOnRespondedEventsOnly", "false"), ("showDeclinedEvents", "true"), ("timezone", zone.identifier),
            ("useKeyboardShortcuts", "true"), ("weekStart", "0"),
        ]
        .map { GoogleSetting(id: $0.0, value: $0.1) }
    }
}

extension GoogleService {
    /// `settings.list`.
    func listSettings(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.settings, for: "Settings.List")
        let account = accounts[call.account]
        let rows = account.settings.map { GoogleFeedRow(change: $0.change, isShown: true, node: $0.node) }
        return try feed(call, kind: "calendar#settings", changes: account.settingChanges, rows: rows)
    }

    /// `settings.get`.
    func getSetting(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.settings, for: "Settings.Get")
        guard let setting = accounts[call.account].settings.first(where: { $0.id == id }) else { throw .notFound }
        return .google(setting.node, etag: setting.etag)
    }

    /// `colors.get`.
    func getColors(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.colors, for: "Colors.Get")
        return .google(GooglePalette.node)
    }

    /// Changes a setting as a person does in the app.
    mutating func changeSetting(_ id: String, to value: String, account: Int) {
        guard let position = accounts[account].settings.firstIndex(where: { $0.id == id }) else { return }
        accounts[account].settingChanges += 1
        accounts[account].settings[position].value = value
        accounts[account].settings[position].version = nextVersion()
        accounts[account].settings[position].change = accounts[account].settingChanges
    }
}
