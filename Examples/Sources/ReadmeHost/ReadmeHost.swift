// snippet: imports
import CalendarCore
import CalendarCrypto
import Foundation
import GoogleProvider
import MicrosoftProvider
// snippet end

/// The lines of the README, compiled.
// snippet: host
func kickOff(in storage: CalendarStorage, during week: Range<Date>, browser: (URL) async throws -> URL) async throws {
    let calendars = CalendarService(
        providers: [.google(client: .environment), .microsoft(client: .environment)],
        storage: storage,
        crypto: SwiftCryptoSuite()
    )
    let ada = calendars.acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))

    let attempt = try await ada.connect(.google)
    let callback = try await browser(attempt.url)  // sends the user there and waits for your callback route
    let connection = try await ada.complete(callback: callback, of: attempt.cookie)

    for try await progress in try await ada.sync(connection.key.connection) { print(progress) }

    let guests: [EventPerson] = ["grace@example.com"]
    let search = try await ada.slots(lasting: .minutes(30), from: week.lowerBound, to: week.upperBound, with: guests)
    guard let slot = search.slots.first else { return print(search.rejected.map(\.description)) }
    let plan = try await ada.plan(Meeting("Kick-off", start: slot.start, end: slot.end, with: guests))
    print(plan)  // creates 1 event at google, sends 1 invitation
    print(try await ada.carryOut(plan).isSent)
}
// snippet end
