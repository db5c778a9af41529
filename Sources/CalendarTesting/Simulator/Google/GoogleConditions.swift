import CalendarCore

/// The conditions of a request against an etag (RFC 9110 section 13.1).
extension GoogleCall {
    /// Checks the conditions of a write.
    ///
    /// - Parameter etag: The etag of what would be changed.
    /// - Throws: 412.
    func checkConditions(_ etag: String) throws(GoogleRefusal) {
        if let tags = headers["If-Match"], !Self.names(tags, etag) { throw .conditionNotMet }
        if isUnchanged(etag) {
            throw GoogleRefusal(412, "conditionNotMet", "Precondition Failed", header: "If-None-Match")
        }
    }

    /// Whether the caller knows this version already (`If-None-Match`).
    func isUnchanged(_ etag: String) -> Bool {
        headers["If-None-Match"].map { Self.names($0, etag) } ?? false
    }

    private static func names(_ tags: String, _ etag: String) -> Bool {
        tags.filter { $0 != " " }.split(separator: ",").contains { ["*", etag, "W/" + etag].contains(String($0)) }
    }
}
