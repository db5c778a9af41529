import CalendarCore
import Foundation
import Testing

extension HTTPRequest {
    /// A request as these tests need it: short, with everything defaulted.
    static func probe(
        _ url: URL,
        _ method: HTTPMethod = .get,
        headers: HTTPHeaders = [:],
        body: Data? = nil,
        timeout: Duration = .seconds(30),
        responseLimit: Int = 1024 * 1024
    ) -> HTTPRequest {
        HTTPRequest(
            method,
            url,
            operation: "probe",
            headers: headers,
            body: body,
            timeout: timeout,
            responseLimit: responseLimit
        )
    }
}

/// Expects a request to fail with a `CalendarError` and returns it.
func failure(
    of request: HTTPRequest,
    over transport: URLSessionTransport = URLSessionTransport()
) async throws -> CalendarError {
    try #require(await #expect(throws: CalendarError.self) { try await transport.send(request) })
}

/// The memory of this process, in bytes, where the system tells it in a file.
enum ProcessMemory {
    static let canBeMeasured = resident > 0

    /// What is in use now.
    static var resident: Int { value("VmRSS:") }

    /// The most that was in use since `forgetPeak()`, or since the start where that is not allowed.
    static var peak: Int { value("VmHWM:") }

    static func forgetPeak() {
        try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    }

    private static func value(_ name: String) -> Int {
        let text = (try? String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        let words = line?.split(whereSeparator: \.isWhitespace) ?? []
        return words.count == 3 ? (Int(words[1]) ?? 0) * 1024 : 0
    }
}
