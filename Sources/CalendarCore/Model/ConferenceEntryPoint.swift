/// One way into a conference.
public struct ConferenceEntryPoint: Hashable, Sendable, Codable {
    /// The service's word for the way, such as `video`, `phone`, `sip` or `more`.
    public var kind: String
    /// The address, such as `https:`, `tel:` or `sip:`; treat it as a secret in logs.
    public var url: String
    /// The name shown.
    public var label: String?
    /// What has to be typed in, where there is something; treat it as a secret in logs.
    public var code: String?
    /// The country of a telephone number, as two letters.
    public var region: String?

    /// Creates a way into a conference.
    public init(kind: String, url: String, label: String? = nil, code: String? = nil, region: String? = nil) {
        self.kind = kind
        self.url = url
        self.label = label
        self.code = code
        self.region = region
    }
}
