import CalendarCore
import CalendarCrypto
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider

/// The two simulated services, and a host that is connected to them.
///
/// Nothing in it is left to chance but the host's keys and verifiers, so that a story told again on new services brings
/// them to the same state, down to their ids, tokens and positions in their change feeds.
struct DemoWorld {
    let clock: ManualClock
    let google: GoogleCalendarSimulator
    let microsoft: MicrosoftGraphSimulator
    let storage: CalendarStorage
    let service: CalendarService
    private let crypto: SwiftCryptoSuite

    /// Monday, 23 March 2026, 08:00 in Berlin: clocks change there on the Sunday after.
    init() throws {
        let crypto = SwiftCryptoSuite()
        let clock = ManualClock(now: Date(timeIntervalSince1970: 1_774_249_200), advancesWhenSleeping: true)
        self.init(
            clock: clock,
            google: GoogleCalendarSimulator(clock: clock, crypto: crypto),
            microsoft: MicrosoftGraphSimulator(clock: clock, crypto: crypto),
            storage: .inMemory(),
            crypto: crypto,
            run: 1
        )
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
    }

    private init(
        clock: ManualClock,
        google: GoogleCalendarSimulator,
        microsoft: MicrosoftGraphSimulator,
        storage: CalendarStorage,
        crypto: SwiftCryptoSuite,
        run: Int
    ) {
        (self.clock, self.google, self.microsoft) = (clock, google, microsoft)
        (self.storage, self.crypto) = (storage, crypto)
        service = CalendarService(
            providers: [
                .google(client: .value(google.client), transport: google),
                .microsoft(client: .value(microsoft.client), transport: microsoft),
            ],
            storage: storage,
            crypto: crypto,
            clock: clock,
            random: .seeded(UInt64(run))
        )
    }

    /// The same services with a host that starts on stored data for the given time, counted from one.
    func host(on storage: CalendarStorage, run: Int) -> DemoWorld {
        DemoWorld(clock: clock, google: google, microsoft: microsoft, storage: storage, crypto: crypto, run: run)
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
