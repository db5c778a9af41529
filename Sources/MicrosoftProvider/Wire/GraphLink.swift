import CalendarCore
import Foundation

/// A link from an answer, followed verbatim, but only to the host the token belongs to.
struct GraphLink {
    let url: URL

    /// Checks a link against the Graph root.
    ///
    /// - Throws: `CalendarError.invalidResponse` when it leads to another scheme, host or port.
    init(_ text: String, root: URL) throws {
        guard let url = URL(string: text), url.scheme?.lowercased() == root.scheme?.lowercased(),
            let host = url.host()?.lowercased(), host == root.host()?.lowercased(), url.port == root.port,
            url.user() == nil
        else {
            throw CalendarError(
                .invalidResponse,
                "A link of the answer leads away from the service.",
                field: "@odata.nextLink",
                provider: .microsoft
            )
        }
        self.url = url
    }
}
