public import CalendarCore

extension MicrosoftCalendarProvider {
    /// The zone and the working hours of the account's mailbox; one request.
    ///
    /// Needs the scope `MailboxSettings.Read`, which a connection does not ask for by itself. The zone is the best one for
    /// ``Configuration/allDayZone``.
    ///
    /// - Throws: `CalendarError.forbidden` without the scope.
    public func mailboxSettings(session: ProviderSession) async throws -> MailboxSettings {
        let call = GraphCall(session: session, identifier: nil)
        let request = try requests.mailboxSettings()
        let response = try await call.send(request)
        return try call.reading(request.operation) { MailboxSettings(try GraphPage.root(response.body)) }
    }
}
