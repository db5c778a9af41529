import Foundation

/// A person who agrees on the consent page that an authorization request leads to.
package struct ConsentOrder: Decodable, Equatable, Sendable {
    /// The authorization request.
    package let url: URL
    package let email: String
    /// The scopes left ticked; nil for all.
    package let scopes: Set<String>?

    private enum CodingKeys: CodingKey { case url, email, scopes }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let text = try fields.decode(String.self, forKey: .url)
        guard let url = URL(string: text), url.host() != nil else { throw ControlRefusal("url", "is no address") }
        self.url = url
        email = try fields.decode(String.self, forKey: .email)
        scopes = try fields.decodeIfPresent(Set<String>.self, forKey: .scopes)
    }

    /// The service whose page it is.
    package var service: SimulatedService {
        SimulatorRoute(target: url.path(percentEncoded: true)) == .microsoft ? .microsoft : .google
    }
}
