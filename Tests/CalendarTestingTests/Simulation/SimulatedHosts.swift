import CalendarCore
import CalendarTesting
import GoogleProvider
import MicrosoftProvider

extension SimulatedHost {
    /// A host with both providers on one in-memory store.
    static func honest() -> SimulatedHost {
        let storage = CalendarStorage.inMemory()
        return SimulatedHost(openStorage: { storage }, register: registration)
    }

    /// A host whose disk is full now and then.
    static func onFullDisk(seed: UInt64) -> SimulatedHost {
        let stores = CalendarStorage.inMemory()
        let storage = CalendarStorage(
            events: FullDiskRepository(stores.events, seed: seed),
            connections: stores.connections,
            tokens: stores.tokens
        )
        return SimulatedHost(openStorage: { storage }, register: registration)
    }

    /// A host that makes one mistake.
    static func making(_ fault: EngineFault) -> SimulatedHost {
        let stores = CalendarStorage.inMemory()
        let storage = CalendarStorage(
            events: FaultyRepository(stores.events, fault),
            connections: stores.connections,
            tokens: stores.tokens
        )
        return SimulatedHost(openStorage: { storage }) { endpoint in
            let honest = registration(endpoint)
            return ProviderRegistration(
                provider: FaultyProvider(honest.provider, fault),
                client: honest.client,
                transport: honest.transport
            )
        }
    }

    private static func registration(_ endpoint: Endpoint) -> ProviderRegistration {
        switch endpoint.provider {
        case .google: .google(client: .value(endpoint.client), transport: endpoint.transport)
        default: .microsoft(client: .value(endpoint.client), transport: endpoint.transport)
        }
    }
}
