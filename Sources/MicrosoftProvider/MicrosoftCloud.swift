public import Foundation

/// A Microsoft cloud with its fixed hosts (https://learn.microsoft.com/graph/deployments).
///
/// The set is closed on purpose: a host name from elsewhere could lead tokens and secrets away.
public enum MicrosoftCloud: Sendable, Hashable, CaseIterable {
    /// The worldwide service, personal accounts included.
    case global
    /// US Government L4.
    case usGovernment
    /// US Government L5 (DoD).
    case usGovernmentDoD
    /// China, operated by 21Vianet.
    case china

    /// The root of the Graph API, version 1.0.
    public var graphRoot: URL {
        switch self {
        case .global: Self.url("https://graph.microsoft.com/v1.0")
        case .usGovernment: Self.url("https://graph.microsoft.us/v1.0")
        case .usGovernmentDoD: Self.url("https://dod-graph.microsoft.us/v1.0")
        case .china: Self.url("https://microsoftgraph.chinacloudapi.cn/v1.0")
        }
    }

    /// The resource that scopes belong to: Graph's origin.
    var graphOrigin: String { "https://" + (graphRoot.host() ?? "") }

    /// The root of the sign-in service.
    public var loginRoot: URL {
        switch self {
        case .global: Self.url("https://login.microsoftonline.com")
        case .usGovernment, .usGovernmentDoD: Self.url("https://login.microsoftonline.us")
        case .china: Self.url("https://login.chinacloudapi.cn")
        }
    }

    private static func url(_ text: StaticString) -> URL {
        guard let url = URL(string: text.description) else { preconditionFailure("malformed address in the source") }
        return url
    }
}

/// Which accounts may sign in (https://learn.microsoft.com/entra/identity-platform/v2-protocols).
public enum MicrosoftTenant: Sendable, Hashable {
    /// Work, school and personal accounts.
    case common
    /// Work and school accounts.
    case organizations
    /// Personal accounts.
    case consumers
    /// One directory, by GUID or domain.
    case directory(String)

    /// The segment in the sign-in address.
    var segment: String {
        switch self {
        case .common: "common"
        case .organizations: "organizations"
        case .consumers: "consumers"
        case .directory(let name): name
        }
    }

    /// Whether a text can name one directory: a GUID or a domain, and none of the names for several.
    static func isDirectoryName(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        let isGUID = text.utf8.count == 36 && text.utf8.count(where: { $0 == UInt8(ascii: "-") }) == 4
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return isPlain && (isGUID || (labels.count > 1 && labels.allSatisfy { !$0.isEmpty }))
    }
}
