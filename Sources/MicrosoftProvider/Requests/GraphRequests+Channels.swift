import CalendarCore
import Foundation

extension GraphRequests {
    /// The opening of a subscription (https://learn.microsoft.com/graph/api/subscription-post-subscriptions).
    ///
    /// The address for lifecycle events can be given at this moment only.
    func openChannel(_ opening: ChannelOpening, on resource: String, until expiry: Date) throws -> HTTPRequest {
        var body = JSONObject()
        body["changeType"] = "created,updated,deleted"
        body["notificationUrl"] = .string(opening.address.absoluteString)
        body["lifecycleNotificationUrl"] = .string(opening.address.absoluteString)
        body["resource"] = .string(resource)
        body["expirationDateTime"] = .string(expiry.rfc3339Text)
        body["clientState"] = .string(opening.secret.reveal())
        let url = try Endpoint(root, "subscriptions").url
        return write(.post, url, "subscriptions.create", body: body, repeatSafety: .onlyIfUnprocessed)
    }

    /// The subscriptions of this application for the account (https://learn.microsoft.com/graph/api/subscription-list).
    func channels() throws -> HTTPRequest {
        get(try Endpoint(root, "subscriptions").url, "subscriptions.list", body: false)
    }

    /// A later end of a subscription, which authorises it afresh too.
    func renewChannel(_ channel: ChannelID, until expiry: Date) throws -> HTTPRequest {
        var body = JSONObject()
        body["expirationDateTime"] = .string(expiry.rfc3339Text)
        let url = try Endpoint(root, "subscriptions", channel.rawValue).url
        return write(.patch, url, "subscriptions.renew", body: body, repeatSafety: .safe)
    }

    /// The end of a subscription.
    func closeChannel(_ channel: ChannelID) throws -> HTTPRequest {
        let url = try Endpoint(root, "subscriptions", channel.rawValue).url
        return HTTPRequest(.delete, url, operation: "subscriptions.delete", repeatSafety: .safe)
    }

    /// Whether a calendar is the default one.
    func isDefault(_ calendar: CalendarID) throws -> HTTPRequest {
        let query = FormFields([("$select", "isDefaultCalendar")])
        let endpoint = Endpoint(root, "me", "calendars", calendar.rawValue, query: query)
        return get(try endpoint.url, "calendars.get")
    }
}
