import CalendarCore
import Foundation

/// What callers used up, and who may not write for a while.
struct GoogleUsageState: Sendable {
    /// Units that were spent together.
    struct Spending: Sendable {
        let user: String
        let units: Int
        let time: Date
    }

    var quota = SimulatedQuota.unlimited
    /// The spendings of the last day at most, in order.
    var spent: [Spending] = []
    /// Accounts over the service's limits against abuse, and until when; nil until a test says otherwise.
    var limited: [String: Date?] = [:]
    /// When each invitation was sent, by the account.
    var invitations: [String: [Date]] = [:]
    /// How many mails were regarded.
    var countedMail = 0
}

extension GoogleService {
    /// Spends the units of a call, when there are enough left.
    mutating func spend(_ call: GoogleCall) throws(GoogleRefusal) {
        let address = accounts[call.account].address
        try checkUsageLimit(call, of: address)
        let quota = usage.quota
        guard quota.perUser != nil || quota.perProject != nil || quota.perDay != nil else { return }
        // A `quotaUser` is charged in place of the account.
        let user = call.query["quotaUser"] ?? address
        let units = call.method == .patch ? 3 : 1
        let minuteAgo = now.addingTimeInterval(-60)
        let dayAgo = now.addingTimeInterval(-86_400)
        usage.spent.removeAll { $0.time <= (quota.perDay == nil ? minuteAgo : dayAgo) }
        func total(since start: Date, of user: String? = nil) -> Int {
            usage.spent.reduce(0) { sum, spending in
                let counts = spending.time > start && (user == nil || spending.user == user)
                return counts ? sum + spending.units : sum
            }
        }
        if let limit = quota.perDay, total(since: dayAgo) + units > limit { throw .dailyLimit }
        if let limit = quota.perProject, total(since: minuteAgo) + units > limit {
            throw .tooFast(quota, isUser: false)
        }
        if let limit = quota.perUser, total(since: minuteAgo, of: user) + units > limit {
            throw .tooFast(quota, isUser: true)
        }
        usage.spent.append(.init(user: user, units: units, time: now))
    }

    /// Refuses writes of an account that sent too many invitations or that a test has limited.
    private mutating func checkUsageLimit(_ call: GoogleCall, of address: String) throws(GoogleRefusal) {
        countInvitations()
        guard call.method != .get, ["calendars", "users"].contains(call.path.first), call.path.last != "watch" else {
            return
        }
        if let until = usage.limited[address] {
            guard let until, until <= now else { throw .usageLimit }
            usage.limited[address] = nil
        }
        guard let limit = usage.quota.invitations else { return }
        let dayAgo = now.addingTimeInterval(-86_400)
        let recent = (usage.invitations[address] ?? []).filter { $0 > dayAgo }
        guard recent.count >= limit else { return }
        usage.limited[address] = .some(now.addingTimeInterval(86_400))
        usage.invitations[address] = []
        throw .usageLimit
    }

    private mutating func countInvitations() {
        for sent in mail.dropFirst(usage.countedMail) where sent.kind == .invitation {
            guard let account = accountIndex(sent.from) else { continue }
            usage.invitations[accounts[account].address, default: []].append(now)
        }
        usage.countedMail = mail.count
    }
}

extension GoogleRefusal {
    static let usageLimit = GoogleRefusal(
        403,
        "quotaExceeded",
        "Calendar usage limits exceeded.",
        domain: "usageLimits"
    )
    static let dailyLimit = GoogleRefusal(403, "dailyLimitExceeded", "Daily Limit Exceeded", domain: "usageLimits")

    static func tooFast(_ quota: SimulatedQuota, isUser: Bool) -> GoogleRefusal {
        var refusal =
            switch quota.spelling {
            case .tooManyRequests: GoogleRefusal(429, "rateLimitExceeded", "Rate Limit Exceeded", domain: "usageLimits")
            case .forbidden where isUser:
                GoogleRefusal(403, "userRateLimitExceeded", "User Rate Limit Exceeded", domain: "usageLimits")
            case .forbidden:
                GoogleRefusal(403, "rateLimitExceeded", "Rate Limit Exceeded", domain: "usageLimits")
            }
        refusal.retryAfter = quota.retryAfter
        return refusal
    }
}
