import CalendarCore
import Foundation
import Testing

@Suite("HTTP response")
struct HTTPResponseTests {
    @Test(
        "Retry-After is read as seconds, fractions included",
        arguments: [("3", 3), ("0", 0), ("2.128", 2.128), (" 5 ", 5), ("-1", 0)] as [(String, Double)]
    )
    func seconds(_ text: String, _ wait: Double) {
        #expect(HTTPResponse(status: 429, headers: ["retry-after": text]).retryAfter == wait)
    }

    @Test(
        "Retry-After as a date counts from the answer's own date",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:51:00 GMT", 83),
            ("Mon, 07 Nov 1994 00:00:00 GMT", 54_623), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
        ] as [(String, Double)]
    )
    func date(_ text: String, _ wait: Double) {
        let headers: HTTPHeaders = ["Retry-After": text, "Date": "Sun, 06 Nov 1994 08:49:37 GMT"]

        #expect(HTTPResponse(status: 503, headers: headers).retryAfter == wait)
    }

    @Test(
        "a Retry-After that cannot be understood is ignored",
        arguments: ["", "soon", "inf", "nan", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET"]
    )
    func nonsense(_ text: String) {
        let headers: HTTPHeaders = ["Retry-After": text, "Date": "Sun, 06 Nov 1994 08:49:37 GMT"]

        #expect(HTTPResponse(status: 503, headers: headers).retryAfter == nil)
    }

    @Test("a date without the answer's own date is ignored, because no local clock is trusted")
    func dateAlone() {
        #expect(
            HTTPResponse(status: 503, headers: ["Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"]).retryAfter == nil
        )
    }

    @Test("the 200s are successes", arguments: [(199, false), (200, true), (204, true), (299, true), (300, false)])
    func success(_ status: Int, _ isSuccess: Bool) {
        #expect(HTTPResponse(status: status).isSuccess == isSuccess)
    }

    @Test("printing a response or its fields shows no value")
    func printing() {
        let response = HTTPResponse(status: 200, headers: ["Set-Cookie": "canary"], body: Data("canary".utf8))
        var dumped = ""
        dump(response, to: &dumped)
        dump(response.headers, to: &dumped)

        #expect(!"\(response) \(String(reflecting: response)) \(response.headers) \(dumped)".contains("canary"))
    }
}
