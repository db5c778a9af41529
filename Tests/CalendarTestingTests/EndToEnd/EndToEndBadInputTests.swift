import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: bad input")
struct EndToEndBadInputTests {
    @Test("input that makes no sense names its field and asks nobody", arguments: Service.allCases, BadInput.all)
    func input(service: Service, bad: BadInput) async throws {
        let world = World()
        _ = try await world.connectAndSync(service)
        let before = try await StoredState(world)

        let error = try await failure { try await bad.run(world.host(service)) }

        #expect(error.code == .invalidArgument)
        #expect(error.field == bad.field)
        #expect(world.simulator(service).writes.isEmpty)
        #expect(try await StoredState(world) == before)
    }

    @Test("a page that is no page is an error, and the next sync heals", arguments: Service.allCases, BadPage.allCases)
    func page(service: Service, bad: BadPage) async throws {
        let world = World(isBroken: true)
        let simulator = world.simulator(service)
        simulator.add(try World.event("Kept", on: "2026-03-18"), to: service.address)
        let id = try await world.connectAndSync(service)
        simulator.add(try World.event("Added", on: "2026-03-19"), to: service.address)
        let before = try await StoredState(world)
        simulator.add(SimulatedFault(.answer(bad.response), pathContains: service.feed))

        let error = try await failure { try await world.sync(service, id) }
        let after = try await StoredState(world)
        try await world.sync(service, id)

        #expect(error.code == bad.code)
        #expect(error.provider == service.id)
        #expect(error.operation != nil)
        #expect(after.records == before.records)
        #expect(after.states.map { $0?.cursor } == before.states.map { $0?.cursor })
        #expect(after.connections.first?.lastFailure == bad.code)
        #expect(try await world.titles(service) == ["Kept", "Added"])
    }

    @Test("a calendar id with #, @, / and a blank is one path segment and syncs", arguments: Service.allCases)
    func calendarID(service: Service) async throws {
        let world = World()
        world.simulator(service).add(try World.event("Review", on: "2026-03-18"), to: service.address)
        let original = try await world.primaryCalendar(service).rawValue
        let odd = "we#ird @/id"
        world.tap(service).intercept { request, next in
            var request = request
            let path = request.url.path(percentEncoded: true)
            let segments = path.split(separator: "/").map { $0.removingPercentEncoding ?? "" }
            let isList = segments.last == "calendars" || segments.last == "calendarList"
            if segments.contains(odd) {
                var parts = try #require(URLComponents(url: request.url, resolvingAgainstBaseURL: false))
                let allowed = CharacterSet.alphanumerics
                parts.percentEncodedPath =
                    "/"
                    + segments.map { $0 == odd ? original : $0 }
                    .compactMap { $0.addingPercentEncoding(withAllowedCharacters: allowed) }.joined(separator: "/")
                request.url = try #require(parts.url)
            } else {
                try #require(!segments.contains(original))
            }
            request.rename(odd, to: original)
            var response = try await next.send(request)
            if segments.last == "freeBusy" { response.rename(original, to: odd) }
            if isList { try response.renameCalendar(in: service.list, to: odd) }
            return response
        }
        let id = try await world.connect(service).key.connection

        try await world.sync(service, id)
        let meeting = try await world.host(service).carryOut(try await world.host(service).plan(try Samples.late()))

        #expect(meeting.calendar.calendar.rawValue == odd)
        #expect(try await world.titles(service) == ["Review", "Kick-off"])
        #expect(world.simulator(service).events(of: service.address).count == 2)
    }
}

/// Input that no host should send, with the field that the error has to name.
struct BadInput: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let field: String
    let run: @Sendable (ActingCalendars) async throws -> Void

    private init(_ name: String, field: String, _ run: @escaping @Sendable (ActingCalendars) async throws -> Void) {
        testDescription = name
        self.field = field
        self.run = run
    }

    static let all: [BadInput] = [
        BadInput("a duration of zero", field: "duration") { try await $0.search(lasting: .zero) },
        BadInput("a negative duration", field: "duration") { try await $0.search(lasting: .seconds(-60)) },
        BadInput("a reversed window", field: "end") { try await $0.search(hours: -4) },
        BadInput("an empty window", field: "end") { try await $0.search(hours: 0) },
        BadInput("a guest without @ in a search", field: "guests") { try await $0.search(with: ["grace"]) },
        BadInput("a guest without @ in a plan", field: "guests") {
            _ = try await $0.plan(try Samples.meeting(with: ["grace"]))
        },
        BadInput("an empty title", field: "title") { _ = try await $0.plan(try Samples.meeting(title: "")) },
        BadInput("a blank title", field: "title") { _ = try await $0.plan(try Samples.meeting(title: " \n")) },
        BadInput("a meeting that ends when it starts", field: "end") {
            var meeting = try Samples.meeting()
            meeting.end = meeting.start
            _ = try await $0.plan(meeting)
        },
        BadInput("a reversed agenda", field: "end") {
            let start = try World.instant("2026-03-18T08:00:00Z")
            _ = try await $0.agenda(from: start, to: start.addingTimeInterval(-1), in: .utc)
        },
    ]
}

extension ActingCalendars {
    fileprivate func search(
        lasting duration: Duration = .seconds(1800),
        hours: Double = 4,
        with guests: [EventPerson] = []
    ) async throws {
        let start = try World.instant("2026-03-18T08:00:00Z")
        _ = try await slots(
            lasting: duration,
            from: start,
            to: start.addingTimeInterval(hours * 3600),
            with: guests
        )
    }
}

/// An answer in place of a page of changes.
enum BadPage: String, CaseIterable {
    case html
    case truncated
    case array
    case tooLarge

    var code: CalendarError.Code { self == .tooLarge ? .responseTooLarge : .invalidResponse }

    var response: HTTPResponse {
        switch self {
        case .html: HTTPResponse(status: 200, body: Data("<html>Sign in</html>".utf8))
        case .truncated: HTTPResponse(status: 200, body: Data(#"{"items": [{"id": "a"#.utf8))
        case .array: HTTPResponse(status: 200, body: Data("[]".utf8))
        case .tooLarge: HTTPResponse(status: 200, body: Data(repeating: 0x20, count: 40 * 1024 * 1024))
        }
    }
}

extension Samples {
    /// A meeting on the day after the others.
    static func late() throws -> Meeting {
        var meeting = try meeting()
        meeting.start = meeting.start.addingTimeInterval(86_400)
        meeting.end = meeting.end.addingTimeInterval(86_400)
        return meeting
    }
}

extension World {
    /// The id that the service gives the account's primary calendar.
    func primaryCalendar(_ service: Service) async throws -> CalendarID {
        let other = "observer"
        let connection = try await connect(service, for: UserID(other))
        let host = self.service.acting(as: World.principal(UserID(other)))
        return try #require(try await host.calendars(of: connection.key.connection).first(where: \.isPrimary)).id
    }
}

extension HTTPRequest {
    /// Names another calendar in a question about free time.
    fileprivate mutating func rename(_ id: String, to other: String) {
        guard url.lastPathComponent == "freeBusy" else { return }
        body = body.map { Data(String(decoding: $0, as: UTF8.self).replacing(id, with: other).utf8) }
    }
}

extension HTTPResponse {
    /// Names another calendar in the body.
    fileprivate mutating func rename(_ id: String, to other: String) {
        body = Data(String(decoding: body, as: UTF8.self).replacing(id, with: other).utf8)
    }

    /// Gives the first calendar of a list another id.
    fileprivate mutating func renameCalendar(in list: String, to id: String) throws {
        try edit { page in
            var calendars = page[list] as? [[String: Any]] ?? []
            if !calendars.isEmpty { calendars[0]["id"] = id }
            page[list] = calendars
        }
    }
}
