/// Limits on how much callers may do.
extension GoogleCalendarSimulator {
    /// The quota; nothing is limited at first.
    public var quota: SimulatedQuota {
        get { access { service in service.usage.quota } }
        set { access { service in service.usage.quota = newValue } }
    }

    /// Puts an account over the limits against abuse, or lifts that: its writes answer 403 `quotaExceeded`.
    public func limitUsage(of address: String, _ isLimited: Bool = true) {
        access { service in
            guard let account = service.accountIndex(address) else { return }
            let holder = service.accounts[account].address
            service.usage.limited[holder] = isLimited ? .some(nil) : nil
        }
    }

    /// The most parts of a batch, 1000 at first.
    public var batchLimit: Int {
        get { access { service in service.batchLimit } }
        set { access { service in service.batchLimit = newValue } }
    }
}
