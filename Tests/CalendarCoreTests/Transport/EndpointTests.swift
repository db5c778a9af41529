import CalendarCore
import Foundation
import Testing

@Suite("Endpoint")
struct EndpointTests {
    private let root: URL

    init() throws {
        root = try #require(URL(string: "https://service.invalid/v3"))
    }

    @Test(
        "an identifier stays one segment whatever it contains",
        arguments: [
            ("a#b@c/d e", "a%23b%40c%2Fd%20e"),
            ("a?b=c&d", "a%3Fb%3Dc%26d"),
            ("100%", "100%25"),
            ("%2F", "%252F"),
            ("a+b", "a%2Bb"),
            ("é", "%C3%A9"),
            ("...", "..."),
        ]
    )
    func segment(_ identifier: String, _ encoded: String) throws {
        let url = try Endpoint(root, "calendars", identifier, "events").url

        #expect(url.absoluteString == "https://service.invalid/v3/calendars/\(encoded)/events")
        #expect(url.fragment() == nil)
        #expect(url.query() == nil)
    }

    @Test("an identifier that would address something else is refused", arguments: ["", ".", ".."])
    func refuses(_ identifier: String) throws {
        let error = try #require(
            #expect(throws: CalendarError.self) { try Endpoint(root, "calendars", identifier).url }
        )

        #expect(error.code == .invalidArgument)
    }

    @Test("a slash at the end of the root is not doubled")
    func trailingSlash() throws {
        let root = try #require(URL(string: "https://service.invalid/v3/"))

        #expect(try Endpoint(root, "a").url.absoluteString == "https://service.invalid/v3/a")
    }

    @Test("query values are encoded and keep their order")
    func query() throws {
        let query = FormFields([("syncToken", "a=b&c"), ("timeMin", "2026-01-01T00:00:00+01:00")])
        let url = try Endpoint(root, "events", query: query).url

        #expect(
            url.absoluteString
                == "https://service.invalid/v3/events?syncToken=a%3Db%26c&timeMin=2026-01-01T00%3A00%3A00%2B01%3A00"
        )
    }
}
