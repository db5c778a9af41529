/// Where an event came from: a page on the web, such as the mail or the ticket behind it.
public struct EventSource: Hashable, Sendable, Codable {
    /// The address of the page.
    public var url: String
    /// The name shown.
    public var title: String?

    /// Creates a source.
    public init(url: String, title: String? = nil) {
        self.url = url
        self.title = title
    }
}
