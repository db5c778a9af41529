import CalendarCore
import CalendarCrypto
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider

/// The two simulated services, and a host that is connected to them.
struct DemoWorld {
    let clock: ManualClock
    let google: GoogleCalendarSimulator
    let microsoft: MicrosoftGraphSimulator
    let storage = CalendarStorage.inMemory()
    let service: CalendarService

    /// Monday, 23 March 2026, 08:00 in Berlin: clocks change there on the Sunday after.
    init() throws {
        let crypto = SwiftCryptoSuite()
        clock = ManualClock(now: Date(timeIntervalSince1970: 1_774_249_200), advancesWhenSleeping: true)
        google = GoogleCalendarSimulator(clock: clock, crypto: crypto)
        microsoft = MicrosoftGraphSimulator(clock: clock, crypto: crypto)
        for person in [DemoPerson.ada, .maryAtHome] {
            google.addAccount(person.address, name: person.name, zone: person.zone)
        }
        google.addCalendar("Team", to: DemoPerson.ada.address, zone: DemoPerson.ada.zone)
        for person in [DemoPerson.grace, .maryAtWork] {
            microsoft.addAccount(person.address, name: person.name, zone: person.zone)
        }
        for content in try DemoDiary.ada() { google.add(content, to: DemoPerson.ada.address) }
        for content in try DemoDiary.grace() { microsoft.add(content, to: DemoPerson.grace.address) }
        google.pageSize = 3
        microsoft.pageSize = 3
        service = CalendarService(
            providers: [
                .google(client: .value(google.client), transport: google),
                .microsoft(client: .value(microsoft.client), transport: microsoft),
            ],
            storage: storage,
            crypto: crypto,
            clock: clock
        )
    }

    func acting(_ person: DemoPerson) -> ActingCalendars {
        service.acting(as: person.principal)
    }

    /// Plays the user in the browser: reads the consent page and agrees.
    func consent(to url: URL, as person: DemoPerson) throws -> URL {
        person.provider == .google
            ? try google.consent(to: url, as: person.address)
            : try microsoft.consent(to: url, as: person.address)
    }

    /// What a person's main calendar holds at its service.
    func remoteEvents(of person: DemoPerson) -> [SimulatedEvent] {
        person.provider == .google ? google.events(of: person.address) : microsoft.events(of: person.address)
    }

    /// The requests both services have seen since the log was cleared.
    var requests: [SimulatedRequest] { google.requests + microsoft.requests }

    func clearRequests() {
        google.clearRequests()
        microsoft.clearRequests()
    }

    /// Lets the invitation mails that Google sent arrive in the other service's mailboxes.
    func deliverMail(after count: Int) {
        for mail in google.mail.dropFirst(count) where mail.to == DemoPerson.grace.address { microsoft.receive(mail) }
    }
}
