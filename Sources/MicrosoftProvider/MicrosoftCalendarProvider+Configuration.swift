public import CalendarCore
public import Foundation

extension MicrosoftCalendarProvider {
    /// How the service is reached and how events are marked.
    public struct Configuration: Sendable, Hashable {
        /// The cloud that holds the mailboxes.
        public var cloud: MicrosoftCloud
        /// Who may sign in.
        public var tenant: MicrosoftTenant
        /// Replaces the cloud's Graph root, for a simulator; never taken from a user's input.
        public var graphRoot: URL?
        /// Replaces the cloud's login root, for a simulator; never taken from a user's input.
        public var loginRoot: URL?
        /// Whether the service may demand claims of a token in use (continuous access evaluation).
        ///
        /// Off by default: tokens then live about an hour. With it on they live up to a day, and the service ends them
        /// within minutes when the account is blocked or the grant is withdrawn.
        public var acceptsClaimsChallenges: Bool
        /// How many items a page is asked to hold; the service may send more or fewer.
        public var pageSize: Int
        /// The GUID under which the SDK's extended properties are named; keep it for good once events carry it.
        public var markerGUID: String
        /// The name of the extended property that holds the idempotency key.
        public var markerName: String
        /// The zone in whose midnights all-day events are stored, best the mailbox's own.
        ///
        /// Graph keeps all-day events as instants, so another zone makes other clients show them across two days.
        public var allDayZone: EventZone
        /// How long a channel is asked to live at most; the service refuses more than it allows, and says how much.
        ///
        /// By default 4,200 minutes: the documentation names 4,230 in most places and 10,080 in some.
        public var channelLifetime: Duration
        /// How many requests of one mailbox are sent at once; the service refuses a fifth
        /// (https://learn.microsoft.com/graph/throttling-limits).
        public var requestsAtOnce: Int

        /// Creates a configuration; each part has a working default.
        public init(
            cloud: MicrosoftCloud = .global,
            tenant: MicrosoftTenant = .common,
            graphRoot: URL? = nil,
            loginRoot: URL? = nil,
            acceptsClaimsChallenges: Bool = false,
            pageSize: Int = 100,
            markerGUID: String = "7c1e6f0a-3d52-4b8e-9f64-2a95d0c8e713",
            markerName: String = "SyncKey",
            allDayZone: EventZone = .utc,
            channelLifetime: Duration = .seconds(4200 * 60),
            requestsAtOnce: Int = 4
        ) {
            self.cloud = cloud
            self.tenant = tenant
            self.graphRoot = graphRoot
            self.loginRoot = loginRoot
            self.acceptsClaimsChallenges = acceptsClaimsChallenges
            self.pageSize = min(max(pageSize, 1), 999)
            self.markerGUID = markerGUID
            self.markerName = markerName
            self.allDayZone = allDayZone
            self.channelLifetime = channelLifetime
            self.requestsAtOnce = max(requestsAtOnce, 1)
        }

        /// The Graph root in force.
        var graph: URL { graphRoot ?? cloud.graphRoot }

        /// The login root in force.
        var login: URL { loginRoot ?? cloud.loginRoot }

        /// The names of the extended properties.
        var properties: ExtendedPropertyNames { ExtendedPropertyNames(guid: markerGUID, key: markerName) }
    }
}
