import CalendarCore
import Foundation
import Testing

@Suite("Id token")
struct IDTokenClaimsTests {
    private let now = Date(timeIntervalSince1970: 1_767_603_600)

    private func token(_ payload: String) -> Secret {
        Secret("e30.\(Base64URL.encode(Data(payload.utf8))).c2ln")
    }

    private func check(_ payload: String) throws {
        try IDTokenClaims(tokenFromEndpoint: token(payload))
            .check(clientID: "client-1", nonce: "n", now: now, server: ExampleProvider().authorizationServer)
    }

    @Test(
        "a token for this client, attempt and moment is accepted",
        arguments: [
            #"{"aud":"client-1","exp":1767603601,"nonce":"n","iss":"https://accounts.example.com"}"#,
            #"{"aud":["client-1"],"exp":1767603401,"nonce":"n","iss":"https://accounts.example.com"}"#,
            #"{"aud":["x","client-1"],"azp":"client-1","exp":1.8e9,"nonce":"n","iss":"https://accounts.example.com"}"#,
        ]
    )
    func accepted(payload: String) throws {
        try check(payload)
    }

    @Test(
        "a token with one claim wrong is refused, naming the claim",
        arguments: [
            (#"{"aud":"other","exp":1767603700,"nonce":"n","iss":"https://accounts.example.com"}"#, "aud"),
            (#"{"exp":1767603700,"nonce":"n","iss":"https://accounts.example.com"}"#, "aud"),
            (#"{"aud":["client-1","x"],"exp":1767603700,"nonce":"n","iss":"https://accounts.example.com"}"#, "azp"),
            (
                #"{"aud":"client-1","azp":"x","exp":1767603700,"nonce":"n","iss":"https://accounts.example.com"}"#,
                "azp"
            ),
            (#"{"aud":"client-1","exp":1767603300,"nonce":"n","iss":"https://accounts.example.com"}"#, "exp"),
            (#"{"aud":"client-1","nonce":"n","iss":"https://accounts.example.com"}"#, "exp"),
            (#"{"aud":"client-1","exp":1767603700,"nonce":"m","iss":"https://accounts.example.com"}"#, "nonce"),
            (#"{"aud":"client-1","exp":1767603700,"iss":"https://accounts.example.com"}"#, "nonce"),
            (#"{"aud":"client-1","exp":1767603700,"nonce":"n","iss":"https://accounts.example.com/"}"#, "iss"),
            (#"{"aud":"client-1","exp":1767603700,"nonce":"n"}"#, "iss"),
        ]
    )
    func refused(payload: String, claim: String) {
        let error = #expect(throws: CalendarError.self) { try check(payload) }
        #expect(error?.code == .invalidResponse)
        #expect(error?.field == claim)
    }

    @Test("what is no JSON Web Token is refused", arguments: ["", "a.b", "a.!.c", "e30.bm8.c", "e30.W10.c", "a.b.c.d"])
    func malformed(text: String) {
        #expect(throws: CalendarError.self) { try IDTokenClaims(tokenFromEndpoint: Secret(text)) }
    }
}
