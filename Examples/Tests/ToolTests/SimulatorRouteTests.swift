import CalendarToolKit
import Testing

@Suite("Routes of calendar simulate")
struct SimulatorRouteTests {
    @Test(
        "a raw target leads to its service",
        arguments: [
            ("/calendar/v3/users/me/calendarList?maxResults=2", SimulatorRoute.google),
            ("/batch/calendar/v3", .google),
            ("/o/oauth2/v2/auth?scope=openid", .google),
            ("/token", .google),
            ("/revoke", .google),
            ("/v1.0/me/events?$top=2", .microsoft),
            ("/V1.0/me", .microsoft),
            ("/common/oauth2/v2.0/token", .microsoft),
            ("/organizations/v2.0/adminconsent?client_id=x", .microsoft),
            ("/common/v2.0/.well-known/openid-configuration", .microsoft),
            ("/common/discovery/v2.0/keys", .microsoft),
            ("/11112222-3333/oauth2/v2.0/authorize?state=x", .microsoft),
            ("/_control/faults", .control("faults")),
            ("/_control/mail?x=/v1.0/", .control("mail")),
        ]
    )
    func services(_ target: String, expected: SimulatorRoute) {
        #expect(SimulatorRoute(target: target) == expected)
    }

    // Decoded, the first four would be other paths: an id may hold a slash, a number sign or a question mark.
    @Test(
        "encoded signs divide nothing",
        arguments: [
            ("/calendar/v3/calendars/v1.0%2Fme%2Foauth2/events", SimulatorRoute.google),
            ("/calendar%2Foauth2%2Fv2.0%2Ftoken", .google),
            ("/%2F_control/reset", .google),
            ("/v1.0/users/a%23b@example.com/events", .microsoft),
            ("/_control/%6D%61il", .control("%6D%61il")),
        ]
    )
    func encoded(_ target: String, expected: SimulatorRoute) {
        #expect(SimulatorRoute(target: target) == expected)
    }
}
