import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

@Suite("Google: traps of rows that are not to be written")
struct ProtectedRowTrapTests {
    private func events(in calendar: CalendarID, _ account: SimulatedAccount) async throws -> [RemoteEvent] {
        let page = try await account.provider.changes(
            in: calendar,
            from: account.beginning(),
            session: account.session
        )
        return page.changes.compactMap { if case .upserted(let event) = $0 { event } else { nil } }
    }

    /// What comes of an attempt to give an event a title.
    private func rename(_ event: RemoteEvent, in calendar: CalendarID, _ account: SimulatedAccount) async
        -> CalendarError?
    {
        var content = event.content
        content.title = "Renamed"
        let update = EventUpdate(
            id: event.id,
            etag: event.etag,
            base: event.content,
            content: content,
            invitations: .silent
        )
        return await calendarError {
            try await account.provider.update(update, in: calendar, session: account.session)
        }
    }

    @Test("Trap 14: a row seen without its details has no title that could be written back")
    func hiddenDetails() async throws {
        let account = try await SimulatedAccount()
        let shared = account.google.addCalendar(
            "Shared",
            to: SimulatedAccount.address,
            zone: SimulatedAccount.zone,
            access: .freeBusy
        )
        account.google.add(GoogleSamples.meeting(), to: SimulatedAccount.address, calendar: shared)
        let event = try #require(try await events(in: shared, account).first)
        account.google.clearRequests()

        let error = await rename(event, in: shared, account)

        #expect(event.content.title == nil)
        #expect(event.content.writability == .nothing)
        #expect(error?.code == .rejected)
        #expect(account.google.requests.isEmpty)
    }

    @Test("Trap 18: birthdays, working locations and locked rows are not written beyond the owner's own settings")
    func special() async throws {
        let account = try await SimulatedAccount()
        let day = try #require(CivilDate("2026-05-12"))
        account.google.addBirthday(of: "Friend", on: day, to: SimulatedAccount.address)
        account.google.addWorkingLocation("Office", on: day, to: SimulatedAccount.address)
        account.google.addRow(GoogleSamples.row("locked1", #","locked":true"#), to: SimulatedAccount.address)
        let events = try await events(in: account.calendar, account)
        account.google.clearRequests()

        var codes: [CalendarError.Code?] = []
        for event in events { codes.append(await rename(event, in: account.calendar, account)?.code) }

        #expect(codes == [.rejected, .rejected, .rejected])
        #expect(account.google.requests.isEmpty)
    }
}
