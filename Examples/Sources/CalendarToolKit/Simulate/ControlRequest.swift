import CalendarCore
import CalendarTesting
import Foundation

/// What a test asks of the simulators beside their own API, to set the stage and to look behind it.
package enum ControlRequest: Equatable, Sendable {
    /// Forgets accounts, events, faults and the time that was added to the clock.
    case reset
    case addAccount(NewAccount)
    case readClock
    case advanceClock(seconds: Double)
    case addFault(FaultOrder)
    /// Nil for both services.
    case expireSyncTokens(SimulatedService?)
    /// Nil for both services.
    case expireAccessTokens(SimulatedService?)
    case consent(ConsentOrder)
    case mail
    case requests

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path below `/_control/`.
    ///   - body: The body; an empty one stands for an object without fields.
    /// - Throws: `ControlRefusal`, naming the field that cannot be used.
    package init(method: String, path: String, body: Data) throws(ControlRefusal) {
        switch (method, path) {
        case ("POST", "reset"): self = .reset
        case ("POST", "accounts"): self = .addAccount(try Self.read(body))
        case ("GET", "clock"): self = .readClock
        case ("POST", "clock"): self = .advanceClock(seconds: try Self.read(body, as: ClockOrder.self).advanceSeconds)
        case ("POST", "faults"): self = .addFault(try Self.read(body))
        case ("POST", "expireSyncTokens"): self = .expireSyncTokens(try Self.read(body, as: Aim.self).provider)
        case ("POST", "expireAccessTokens"): self = .expireAccessTokens(try Self.read(body, as: Aim.self).provider)
        case ("POST", "consent"): self = .consent(try Self.read(body))
        case ("GET", "mail"): self = .mail
        case ("GET", "requests"): self = .requests
        case (_, "reset"), (_, "accounts"), (_, "clock"), (_, "faults"), (_, "expireSyncTokens"),
            (_, "expireAccessTokens"), (_, "consent"), (_, "mail"), (_, "requests"):
            throw ControlRefusal(status: 405, "\(path) does not answer this method")
        default: throw ControlRefusal(status: 404, "there is no such control request")
        }
    }

    private static func read<Order: Decodable>(
        _ body: Data,
        as order: Order.Type = Order.self
    ) throws(ControlRefusal) -> Order {
        do {
            return try JSONDecoder().decode(order, from: body.isEmpty ? Data("{}".utf8) : body)
        } catch {
            throw ControlRefusal(error)
        }
    }

    private struct Aim: Decodable {
        let provider: SimulatedService?
    }

    private struct ClockOrder: Decodable {
        let advanceSeconds: Double

        private enum CodingKeys: CodingKey { case advanceSeconds }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            advanceSeconds = try fields.decode(Double.self, forKey: .advanceSeconds)
            // A century is more than any test needs, and keeps every instant a date that can be written.
            guard (0...3_155_760_000).contains(advanceSeconds) else {
                throw ControlRefusal("advanceSeconds", "is not between zero and a century")
            }
        }
    }
}
