import CalendarCore

/// An account of a simulated service whose calendar a run looks at.
struct SimulatedAccount: Hashable, Comparable, Sendable {
    let service: ProviderID
    let address: String

    /// The account that every run connects.
    static func main(of service: ProviderID) -> SimulatedAccount {
        SimulatedAccount(service: service, address: SimulatedWorld.address)
    }

    /// The user's other account, which is connected in the middle of a run or never.
    static func second(of service: ProviderID) -> SimulatedAccount {
        SimulatedAccount(service: service, address: "ada.work@example.org")
    }

    static func < (left: SimulatedAccount, right: SimulatedAccount) -> Bool {
        (left.service, left.address) < (right.service, right.address)
    }
}
