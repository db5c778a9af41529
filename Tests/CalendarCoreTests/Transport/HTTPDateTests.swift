import CalendarCore
import Foundation
import Testing

@Suite("HTTP dates")
struct HTTPDateTests {
    @Test(
        "an instant is written as RFC 9110 section 5.6.7 prefers",
        arguments: [
            (784_111_777.0, "Sun, 06 Nov 1994 08:49:37 GMT"), (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_709_251_199.9, "Thu, 29 Feb 2024 23:59:59 GMT"),
        ]
    )
    func text(seconds: Double, text: String) {
        #expect(HTTPDate.text(Date(timeIntervalSince1970: seconds)) == text)
        #expect(HTTPDate.parse(text) == Date(timeIntervalSince1970: seconds.rounded(.down)))
    }
}
