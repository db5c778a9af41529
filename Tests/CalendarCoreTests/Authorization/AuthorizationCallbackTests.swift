import CalendarCore
import Foundation
import Testing

@Suite("Authorization callback")
struct AuthorizationCallbackTests {
    private func parse(_ query: String) throws -> AuthorizationCallback {
        try AuthorizationCallback(try #require(URL(string: "https://host.example/callback\(query)")))
    }

    @Test("state, code and issuer are decoded and unknown parameters ignored")
    func parameters() throws {
        let callback = try parse("?state=a%2Bb&code=4%2F0Ab&iss=https%3A%2F%2Fx.example&authuser=0&hd=y#z=1")

        #expect(callback.state == Secret("a+b"))
        #expect(callback.code == Secret("4/0Ab"))
        #expect(callback.issuer == "https://x.example")
        #expect(!callback.isError)
    }

    @Test(
        "a callback without one clear state is refused",
        arguments: ["", "?", "?code=a", "?state=", "?state=a&state=b"]
    )
    func state(query: String) {
        let error = #expect(throws: CalendarError.self) { try parse(query) }
        #expect(error?.code == .attemptInvalid)
    }

    @Test("an error that is no short name is kept out of our errors")
    func errorText() throws {
        let callback = try parse("?state=a&error=%3Cscript%3E")

        #expect(callback.isError)
        #expect(callback.error == nil)
    }
}
