import CalendarCore
import Foundation

/// An account to make, and what a client may do with it.
package struct NewAccount: Decodable, Equatable, Sendable {
    package let provider: SimulatedService
    package let email: String
    package let name: String
    package let zone: EventZone
    /// The scopes of the tokens; nil for all that concern calendars.
    package let scopes: [String]?

    private enum CodingKeys: CodingKey { case provider, email, name, timeZone, scopes }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        provider = try fields.decodeIfPresent(SimulatedService.self, forKey: .provider) ?? .google
        email = try fields.decode(String.self, forKey: .email)
        let sides = email.split(separator: "@", omittingEmptySubsequences: false)
        guard sides.count == 2, sides.allSatisfy({ !$0.isEmpty }), !email.contains(where: \.isWhitespace) else {
            throw ControlRefusal("email", "is no mail address")
        }
        name = try fields.decodeIfPresent(String.self, forKey: .name) ?? String(sides[0])
        zone = EventZone(try fields.decodeIfPresent(String.self, forKey: .timeZone) ?? "UTC")
        guard zone.isKnown else { throw ControlRefusal("timeZone", "names no zone") }
        scopes = try fields.decodeIfPresent([String].self, forKey: .scopes)
        guard scopes?.isEmpty != true else { throw ControlRefusal("scopes", "is empty") }
    }
}
