extension Connection {
    /// Throws unless calls may be made for the connection (requirement R-14).
    ///
    /// - Throws: `CalendarError.reconnectRequired` with the code of the failure as its reason, or `invalidArgument` when
    ///   the connection is switched off.
    package func requireUsable() throws(CalendarError) {
        switch status {
        case .active, .syncing: return
        case .reconnectRequired(let code): throw reconnectError(code)
        case .disabled:
            throw CalendarError.invalidArgument("connection", "The connection is switched off.")
                .adding(provider: provider, identifier: key.connection.rawValue)
        }
    }

    /// The error that says that the user has to connect again.
    package func reconnectError(_ reason: String) -> CalendarError {
        CalendarError(
            .reconnectRequired,
            "The grant of the connection has ended.",
            provider: provider,
            identifier: key.connection.rawValue,
            reason: reason
        )
    }
}
