public import CalendarCore
import Foundation

extension GoogleCalendarProvider {
    /// Opens a channel that reports changes of a calendar's events; the service decides how long it lives.
    ///
    /// The first notification can arrive before this call returns. Without a wished lifetime a channel lives a week.
    ///
    /// - Throws: `CalendarError.unsupported` when this calendar cannot be watched, so that polling remains; `duplicate`
    ///   when the id was used before; `configuration` when the service does not accept the address.
    public func openChannel(_ opening: ChannelOpening, session: ProviderSession) async throws -> NotificationChannel {
        let request = try ChannelWatchRequest(opening: opening).request(root: configuration.root)
        let document = try await document(answering: request, session: session)
        guard let answer = ChannelAnswer(document, to: opening) else {
            var error = invalidResponse("The answer does not name what is watched.", operation: request.operation)
            error.field = "resourceId"
            error.isOutcomeUnknown = true
            throw error
        }
        return answer.channel
    }

    /// Opens the new channel, then closes the old one; the service cannot prolong a channel.
    ///
    /// Notifications may arrive twice meanwhile. An old channel that cannot be closed runs out by itself.
    ///
    /// - Throws: As ``openChannel(_:session:)`` does.
    public func renewChannel(
        _ channel: NotificationChannel,
        as opening: ChannelOpening,
        session: ProviderSession
    ) async throws -> NotificationChannel {
        let opened = try await openChannel(opening, session: session)
        do {
            try await closeChannel(channel, session: session)
        } catch let error as CancellationError {
            throw error
        } catch {
            return opened
        }
        return opened
    }

    /// Closes a channel; succeeds when it is closed already.
    ///
    /// Notifications may still arrive for a while.
    ///
    /// - Throws: `CalendarError.invalidArgument` for a channel whose resource is not known: it runs out by itself.
    public func closeChannel(_ channel: NotificationChannel, session: ProviderSession) async throws {
        guard let resource = channel.resource else {
            throw CalendarError.invalidArgument("resource", "Without its resource a channel cannot be closed.")
        }
        let request = try ChannelStopRequest(channel: channel.id, resource: resource)
            .request(root: configuration.root)
        do {
            _ = try await answer(to: request, session: session)
        } catch let error as CalendarError where error.code == .notFound {
            return
        }
    }

    /// Reads a request to the host's address for notifications: one notification, told by its headers alone.
    ///
    /// It is not proven: check it against its stored channel. The end of a calendar or of the access to it comes as
    /// `closed`; verify it by a call.
    ///
    /// - Throws: `CalendarError.invalidArgument` naming the part for a request that is none of the service's.
    public func webhookContents(of request: WebhookRequest) throws -> WebhookContents {
        .notifications([try WebhookHeaders(request).notification])
    }
}
