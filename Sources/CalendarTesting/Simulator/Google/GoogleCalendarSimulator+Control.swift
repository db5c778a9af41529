import CalendarCore
public import Foundation

/// The consent page, the log, the mail box, and what goes wrong on purpose.
extension GoogleCalendarSimulator {
    /// Plays the browser on the consent page, where a person agrees.
    ///
    /// - Parameters:
    ///   - url: The authorization request.
    ///   - address: The account that agrees.
    ///   - scopes: The scopes left ticked; nil for all that were asked. Identity scopes cannot be unticked.
    /// - Returns: The callback's address with code and state.
    /// - Throws: `CalendarError.configuration` for a request that the page refuses, `reason` being the page's error;
    ///   `CalendarError.invalidArgument` for an account that does not exist.
    public func consent(to url: URL, as address: String, granting scopes: Set<String>? = nil) throws -> URL {
        try access { (service) throws(CalendarError) in
            try service.consent(to: url, as: address, granting: scopes)
        }
    }

    /// Plays the browser on the consent page, where a person says no.
    ///
    /// - Parameter url: The authorization request.
    /// - Returns: The callback's address with `access_denied` and the state.
    public func refuse(_ url: URL) -> URL {
        access { service in (try? service.refusal(of: url)) ?? url }
    }

    /// Ends all access tokens; refresh tokens stay good.
    public func expireAccessTokens() {
        access { service in service.authorization.accessTokens = [:] }
    }

    /// Ends all sync tokens given out so far: using one answers 410, also in the middle of a round.
    public func expireSyncTokens() {
        access { service in service.syncEpoch += 1 }
    }

    /// Withdraws all that an account granted, as its owner can in the account settings.
    public func revoke(_ address: String) {
        access { service in
            guard let account = service.accountIndex(address) else { return }
            service.authorization.revoke(service.accounts[account].address)
        }
    }

    /// Lets something go wrong with the next requests that match.
    public func add(_ fault: SimulatedFault) {
        access { service in service.faults.add(fault) }
    }

    /// The most rows on a page of a listing, below what requests ask for; nil for no other limit.
    public var pageSize: Int? {
        get { access { service in service.pageSize } }
        set { access { service in service.pageSize = newValue } }
    }

    /// Makes every n-th page of a listing of events an empty one with a token, as happens at the service; nil for none.
    ///
    /// One makes only the first page of each listing empty.
    public var emptyPageEvery: Int? {
        get { access { service in service.emptyPageEvery } }
        set { access { service in service.emptyPageEvery = newValue } }
    }

    /// All mail that writes sent so far, in order.
    public var mail: [SimulatedMail] { access { service in service.mail } }

    /// A mail from outside arrives: the guest's copy appears, changes or goes, or an answer reaches the organizer.
    ///
    /// Mail to addresses without an account here is ignored.
    public func receive(_ mail: SimulatedMail) {
        access { service in service.receive(mail) }
    }

    /// Every request so far, in order.
    public var requests: [SimulatedRequest] { access { service in service.requests } }

    /// Forgets the requests so far.
    public func clearRequests() {
        access { service in service.requests = [] }
    }
}
