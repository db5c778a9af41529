import Foundation

/// The proxy settings of the process during tests.
///
/// On Linux `URLSession` obeys the proxy variables of the environment. Here every name but this machine's own goes to a
/// proxy that answers by itself, so no test reaches the network, and requests to 127.0.0.1 go straight to their server.
public enum LoopbackEnvironment {
    /// Status 299 is given to nobody, so an answer with it came from the proxy.
    public static let proxyStatus = 299

    private static let proxy: LoopbackServer? = {
        let server = try? LoopbackServer(unprepared: .http) { _ in [.answer(proxyStatus), .close] }
        let address = server.map { "http://127.0.0.1:\($0.port)" } ?? "http://127.0.0.1:1"
        for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            setenv(name, address, 1)
        }
        for name in ["no_proxy", "NO_PROXY"] { setenv(name, "127.0.0.1,localhost", 1) }
        return server
    }()

    /// Sets the variables, once in a process and before its first request.
    public static func prepare() {
        _ = proxy
    }

    /// What the proxy was asked for.
    public static var proxiedRequests: [ReceivedRequest] { proxy?.requests ?? [] }
}
