import CalendarCore
import Foundation

extension GoogleService {
    /// `acl.list`; the scopes do not include `calendar.readonly`, unlike those of `acl.get`.
    func listRules(_ call: GoogleCall, calendar id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.listRules, for: "Acl.List")
        let store = calendars[try calendar(call, id, needing: .write).index]
        let isIncrement = call.query["syncToken"] != nil
        guard !isIncrement || call.query["showDeleted"] != "false" else {
            throw .invalid("Sync token cannot be used with other request restrictions", parameter: "syncToken")
        }
        let showsDeleted = try call.flag("showDeleted") || isIncrement
        let rows = store.rules.map { rule in
            GoogleFeedRow(change: rule.change, isShown: rule.role != .none || showsDeleted, node: rule.node)
        }
        return try feed(call, kind: "calendar#acl", changes: store.ruleChanges, rows: rows)
    }

    /// `acl.get`.
    func getRule(_ call: GoogleCall, calendar id: String, rule: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.readRule, for: "Acl.Get")
        let index = try calendar(call, id, needing: .write).index
        let found = try self.rule(rule, of: index)
        return .google(found.node, etag: found.etag)
    }

    /// `acl.insert`; a rule for the same scope is replaced.
    mutating func insertRule(_ call: GoogleCall, calendar id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeRules, for: "Acl.Insert")
        let index = try calendar(call, id, needing: .owner).index
        _ = try call.flag("sendNotifications")
        let body = GoogleBody(try call.resource())
        guard let scope = try body.object("scope") else { throw .required("Missing scope.") }
        guard let type = GoogleAccessRule.Scope(rawValue: try scope.required("type")) else {
            throw .invalid("Invalid scope type.")
        }
        let role = try Self.role(body.required("role"))
        let value = try type == .everybody ? "" : scope.required("value")
        guard type != .everybody || role != .owner else { throw .invalid("Invalid role for the scope.") }
        guard type == .everybody || type == .domain || value.contains("@") else {
            throw .invalid("Invalid scope value.")
        }
        return try write(role, scope: type, value, call, index)
    }

    /// `acl.patch` and `acl.update`: only the role changes; the role `none` deletes the rule.
    mutating func updateRule(
        _ call: GoogleCall,
        calendar id: String,
        rule: String,
        replacing: Bool
    ) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeRules, for: replacing ? "Acl.Update" : "Acl.Patch")
        let index = try calendar(call, id, needing: .owner).index
        _ = try call.flag("sendNotifications")
        let found = try self.rule(rule, of: index)
        try call.checkConditions(found.etag)
        let body = GoogleBody(try call.resource())
        if replacing {
            guard let scope = try body.object("scope") else { throw .required("Missing scope.") }
            guard try scope.required("type") == found.scope.rawValue else { throw .invalid("Invalid scope type.") }
        }
        guard let text = try body.text("role") else { return .google(found.node, etag: found.etag) }
        return try write(Self.role(text), scope: found.scope, found.value, call, index)
    }

    /// `acl.delete`, which takes the calendar out of the reach of whom the rule named.
    mutating func deleteRule(_ call: GoogleCall, calendar id: String, rule: String) throws(GoogleRefusal)
        -> HTTPResponse
    {
        try call.require(GoogleScopes.writeRules, for: "Acl.Delete")
        let index = try calendar(call, id, needing: .owner).index
        let found = try self.rule(rule, of: index)
        try call.checkConditions(found.etag)
        _ = try write(.none, scope: found.scope, found.value, call, index)
        return HTTPResponse(status: 204)
    }

    private func rule(_ id: String, of index: Int) throws(GoogleRefusal) -> GoogleAccessRule {
        let rule = calendars[index].rules.first { $0.id.lowercased() == id.lowercased() && $0.role != .none }
        guard let rule else { throw .notFound }
        return rule
    }

    /// Stores a role; one that is there already leaves the rule's etag.
    private mutating func write(
        _ role: GoogleRole,
        scope: GoogleAccessRule.Scope,
        _ value: String,
        _ call: GoogleCall,
        _ index: Int
    ) throws(GoogleRefusal) -> HTTPResponse {
        func stored(_ store: GoogleCalendarStore) -> GoogleAccessRule? {
            store.rules.first { $0.scope == scope && $0.value.lowercased() == value.lowercased() }
        }
        if stored(calendars[index])?.role != role {
            if scope == .user {
                guard value.lowercased() != accounts[call.account].address.lowercased() else { throw .ownRuleStays }
                // Somebody has to own the data.
                guard value.lowercased() != calendars[index].dataOwner?.lowercased() else { throw .forbidden }
            }
            setRole(role, of: scope, value, calendar: index)
        }
        guard let rule = stored(calendars[index]) else { throw .notFound }
        return .google(rule.node, etag: rule.etag)
    }

    private static func role(_ text: String) throws(GoogleRefusal) -> GoogleRole {
        guard let role = GoogleRole(rawValue: text) else { throw .invalid("Invalid role.") }
        return role
    }
}
