#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import GoogleProvider
import MicrosoftProvider

extension SimulatedHost {
    /// A host with both providers on a SQLite file.
    static func onFile(_ path: String) -> SimulatedHost {
        SimulatedHost {
            // Every process opens the file anew; those before it keep it open, as a hung process would.
            CalendarStorage(try SQLiteStore(unsealedAt: path, executor: InPlaceExecutor()))
        } register: { endpoint in
            registration(of: endpoint.provider, endpoint.client, endpoint.transport)
        }
    }

    /// The provider of a service.
    static func registration(
        of provider: ProviderID,
        _ client: OAuthClient,
        _ transport: any HTTPTransport
    ) -> ProviderRegistration {
        switch provider {
        case .google: .google(client: .value(client), transport: transport)
        default: .microsoft(client: .value(client), transport: transport)
        }
    }
}
#endif
