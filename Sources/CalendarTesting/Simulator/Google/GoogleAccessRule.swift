import CalendarCore

/// A rule of a calendar's access control list; one with the role `none` is what remains of a deleted rule.
struct GoogleAccessRule: Sendable {
    /// Whom a rule is for.
    enum Scope: String, Sendable {
        case everybody = "default"
        case user
        case group
        case domain
    }

    let scope: Scope
    /// The address or domain; empty for everybody.
    let value: String
    var role: GoogleRole
    var version: Int64
    /// The change of the list that last touched the rule.
    var change: Int

    /// `<type>:<value>`, or `default`.
    var id: String { scope == .everybody ? scope.rawValue : "\(scope.rawValue):\(value)" }
    /// Twenty digits, unlike the etags of other resources (recorded in the traces of libgdata).
    var etag: String { "\"\(GoogleFeedToken.digits(version / 2))\"" }

    /// The rule as the service prints it.
    var node: JSONNode {
        var target: JSONNode = ["type": .string(scope.rawValue)]
        if scope != .everybody { target["value"] = .string(value) }
        return [
            "kind": "calendar#aclRule",
            "etag": .string(etag),
            "id": .string(id),
            "scope": target,
            "role": .string(role.rawValue),
        ]
    }

    /// Whether the rule speaks of an account.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - groups: The members of each group, by the group's address in lower case.
    /// - Returns: Whether the account is, or belongs to, what the scope names.
    func covers(_ account: GoogleAccount, groups: [String: [String]]) -> Bool {
        switch scope {
        case .everybody: true
        case .user: value.lowercased() == account.address.lowercased()
        case .domain: value.lowercased() == account.domain
        case .group: (groups[value.lowercased()] ?? []).contains { $0.lowercased() == account.address.lowercased() }
        }
    }
}
