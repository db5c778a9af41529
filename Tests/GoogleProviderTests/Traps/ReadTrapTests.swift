import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

@Suite("Google: traps of reading")
struct ReadTrapTests {
    @Test("Trap 9: the primary calendar has one key, its real id, and busy times answer under the key that was asked")
    func primary() async throws {
        let account = try await SimulatedAccount()
        let meeting = GoogleSamples.meeting()
        account.google.add(meeting, to: SimulatedAccount.address)
        let start = meeting.start.date(floatingIn: .utc)
        let query = try FreeBusyQuery(
            subjects: ["primary", SimulatedAccount.address],
            start: start,
            end: start.addingTimeInterval(3600)
        )

        let calendars = try await account.provider.calendars(session: account.session)
        let busy = try await account.provider.freeBusy(query, session: account.session)

        #expect(calendars.map(\.id) == [CalendarID(SimulatedAccount.address)])
        let expected = BusyTime.known([BusyInterval(start: start, end: start.addingTimeInterval(3600))])
        #expect(busy == ["primary": expected, SimulatedAccount.address: expected])
    }

    @Test("Trap 10: a kind of event that was added later is read like any other", arguments: ["birthday", "brandNew"])
    func unknownKind(_ kind: String) async throws {
        let rows = [
            GoogleSamples.row("e1", #","eventType":"\#(kind)""#), GoogleSamples.row("e2"),
        ]
        let google = ScriptedGoogle(json: GoogleSamples.page(rows.joined(separator: ",")))

        let page = try await GoogleCalendarProvider().changes(
            in: "cal",
            from: .beginning(GoogleSamples.window()),
            session: google.session
        )

        let kinds = page.changes.compactMap { if case .upserted(let event) = $0 { event.content.kind } else { nil } }
        #expect(kinds == [EventKind(rawValue: kind), .standard])
    }

    @Test("Trap 10: a flood of birthdays in the primary calendar is told apart by kind, and the rest is read")
    func birthdays() async throws {
        let host = try await SimulatedHost()
        let day = try #require(CivilDate("1990-05-12"))
        for number in 1...20 { host.google.addBirthday(of: "Friend \(number)", on: day, to: SimulatedHost.address) }
        host.add(SimulatedHost.event("Meeting", on: "05-12"))

        let report = try await host.sync()

        let kinds = try await host.agenda().map(\.content.kind)
        #expect(report.issues == 0)
        #expect(kinds.filter { $0 == .birthday }.count == 20)
        #expect(kinds.filter { $0 == .standard }.count == 1)
    }

    @Test("Trap 12: the first delivery is no change, and a state of another service is none either")
    func states() throws {
        let provider = GoogleCalendarProvider()
        let kinds = try ["sync", "exists", "add"].map { state in
            let headers: HTTPHeaders = [
                "X-Goog-Channel-ID": "c1", "X-Goog-Channel-Token": "s", "X-Goog-Resource-ID": "r1",
                "X-Goog-Resource-State": state, "X-Goog-Message-Number": "1",
            ]
            let contents = try provider.webhookContents(of: WebhookRequest(headers: headers))
            guard case .notifications(let notifications) = contents else { return ChannelNotification.Kind?.none }
            return notifications.first?.kind
        }

        #expect(kinds == [.opened, .changed(nil), .unknown("add")])
    }

    @Test("Trap 17: three months are asked for in parts, and a calendar that fails in one of them is unknown in all")
    func ranges() async throws {
        let account = try await SimulatedAccount()
        let start = account.clock.now
        let query = try FreeBusyQuery(
            subjects: [SimulatedAccount.address],
            start: start,
            end: start.addingTimeInterval(90 * 86_400)
        )
        let known = try await account.provider.freeBusy(query, session: account.session)
        let requests = account.google.requests.count
        let failed = #"{"calendars":{"ada@example.com":{"busy":[],"errors":[{"reason":"internalError"}]}}}"#
        account.google.add(SimulatedFault(.answer(.json(failed)), pathContains: "freeBusy", skipping: 1))

        let unknown = try await account.provider.freeBusy(query, session: account.session)

        #expect(requests == 3)
        #expect(known == [SimulatedAccount.address: .known([])])
        #expect(unknown == [SimulatedAccount.address: .unknown(reason: "internalError")])
    }
}
