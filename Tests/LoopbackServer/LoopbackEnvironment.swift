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
        var settings = ["no_proxy": "127.0.0.1,localhost", "NO_PROXY": "127.0.0.1,localhost"]
        for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            settings[name] = address
        }
        replaceEnvironment(with: settings)
        return server
    }()

    /// Sets all variables at once, by a new block that takes the place of the old one, which stays allocated.
    ///
    /// `setenv` would move the block under the feet of a thread that is inside `getenv`, as Foundation often is.
    private static func replaceEnvironment(with settings: [String: String]) {
        guard let symbol = dlsym(nil, "environ") else { return }
        let current = ProcessInfo.processInfo.environment.merging(settings) { $1 }
        let block = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: current.count + 1)
        for (index, (name, value)) in current.enumerated() { block[index] = strdup("\(name)=\(value)") }
        block[current.count] = nil
        symbol.assumingMemoryBound(to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self).pointee = block
    }

    /// Sets the variables, once in a process and before its first request.
    public static func prepare() {
        _ = proxy
    }

    /// What the proxy was asked for.
    public static var proxiedRequests: [ReceivedRequest] { proxy?.requests ?? [] }
}
