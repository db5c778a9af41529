import Testing

/// The suites that send over loopback; one test at a time, because some of them measure memory or need both cores.
@Suite("URLSessionTransport over loopback", .serialized)
enum URLSessionTransportOverLoopback {}
