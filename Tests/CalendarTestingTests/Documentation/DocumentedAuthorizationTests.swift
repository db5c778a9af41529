import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider
import Testing

@Suite("Examples of the documentation: authorization")
struct DocumentedAuthorizationTests {
    private let clock = ManualClock(advancesWhenSleeping: true)
    private let crypto = TransparentCryptoSuite()
    private let google: GoogleCalendarSimulator
    private let robot = "robot@project.iam.gserviceaccount.com"

    init() {
        google = GoogleCalendarSimulator(clock: clock, crypto: crypto)
        google.addAccount("ada@acme.example", name: "Ada", zone: .utc)
    }

    private func calendars(_ registration: ProviderRegistration) -> CalendarService {
        CalendarService(
            providers: [
                ProviderRegistration(
                    provider: registration.provider,
                    client: .value(google.client),
                    transport: google,
                    applications: registration.applications
                )
            ],
            storage: .inMemory(),
            crypto: crypto,
            clock: clock,
            random: .seeded(1)
        )
    }

    private static func googleRegistration(
        keyFile: Data,
        crypto: any CryptoSuite
    ) throws -> ProviderRegistration {
        // snippet: service-account
        let account = try ServiceAccount(keyFile: keyFile, crypto: crypto)
        let grant = ApplicationGrant.serviceAccount(account, mailboxes: ["ada@acme.example", "bob@acme.example"])
        let google = ProviderRegistration.google(client: .environment, applications: ["acme": grant])
        // snippet end
        return google
    }

    private static func microsoftRegistration(
        certificatePEM: String,
        privateKeyPEM: Secret,
        crypto: any CryptoSuite
    ) throws -> ProviderRegistration {
        // snippet: microsoft-application
        let certificate = try ClientCertificate(
            certificatePEM: certificatePEM,
            privateKeyPEM: privateKeyPEM,
            crypto: crypto
        )
        let application = try MicrosoftApplication(
            directory: "acme.onmicrosoft.com",
            clientID: "2b1f6f0e-5f5e-4a52-9a55-6a1c0b8c1d11",
            credential: .certificate(certificate)
        )
        let grant = ApplicationGrant.application(application, mailboxes: ["ada@acme.example"])
        let microsoft = ProviderRegistration.microsoft(client: .environment, applications: ["acme": grant])
        // snippet end
        return microsoft
    }

    private static func impersonate(_ calendars: CalendarService) async throws -> ConnectionID {
        // snippet: impersonate
        let admin = calendars.acting(as: Principal(tenant: "acme", user: "admin", permissions: .all))
        let connection = try await admin.connect(.google, impersonating: "ada@acme.example", owner: .user("ada"))
        // snippet end
        return connection.key.connection
    }

    private static func choose(_ ada: ActingCalendars) async throws -> AuthorizationStart {
        // snippet: connect-optional
        let attempt = try await ada.connect(
            .google,
            capabilities: [.listCalendars, .readEvents],
            optional: [.writeEvents, .freeBusy],
            consent: ConsentOptions(loginHint: "ada@acme.example", domain: "acme.example")
        )
        // snippet end
        return attempt
    }

    private static func disconnect(_ ada: ActingCalendars, _ connection: ConnectionID) async throws -> Bool {
        // snippet: disconnect
        let report = try await ada.disconnect(connection)
        let mustRemoveByHand = report.revocation == .notOffered || report.revocation == .failed
        // snippet end
        return mustRemoveByHand
    }

    @Test("M-07 the documented service account opens the mailboxes of its list")
    func serviceAccount() async throws {
        let key = TransparentCryptoSuite.privateKeyPEM(named: "robot").reveal()
        let keyFile = try JSONSerialization.data(withJSONObject: [
            "type": "service_account", "client_email": robot, "private_key_id": "1", "private_key": key,
        ])
        google.addServiceAccount(
            robot,
            publicKeyPEM: TransparentCryptoSuite.publicKeyPEM(named: "robot"),
            delegatedScopes: Set(
                ["events", "calendarlist.readonly", "freebusy"].map { "https://www.googleapis.com/auth/calendar.\($0)" }
            )
        )
        let calendars = calendars(try Self.googleRegistration(keyFile: keyFile, crypto: crypto))

        let connection = try await Self.impersonate(calendars)

        let ada = calendars.acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
        #expect(try await ada.calendars(of: connection).map(\.id) == ["ada@acme.example"])
    }

    @Test("the documented application is registered for its organisation")
    func application() throws {
        let registration = try Self.microsoftRegistration(
            certificatePEM: "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----",
            privateKeyPEM: TransparentCryptoSuite.privateKeyPEM(named: "app"),
            crypto: crypto
        )

        #expect(registration.provider.descriptor.id == .microsoft)
    }

    @Test("R-18, M-10 the documented optional capabilities may be left out, and disconnecting revokes the grant")
    func optional() async throws {
        let calendars = calendars(.google(client: .environment))
        let ada = calendars.acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
        let attempt = try await Self.choose(ada)
        let scopes = ["events", "calendarlist.readonly"].map { "https://www.googleapis.com/auth/calendar.\($0)" }
        let callback = try google.consent(to: attempt.url, as: "ada@acme.example", granting: Set(scopes))

        let connection = try await ada.complete(callback: callback, of: attempt.cookie)

        #expect(connection.missing(of: [.readEvents, .writeEvents, .freeBusy]) == [.freeBusy])
        #expect(try await Self.disconnect(ada, connection.key.connection) == false)
    }
}
