import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: whose schedule is shown to whom")
struct GraphScheduleRuleTests {
    private func ask(_ desk: GraphDesk, _ address: String) async throws -> JSONNode {
        try #require(try await GraphScheduleTests.ask(desk, .string(address)).values.first)
    }

    @Test(
        "F-02: titles are shown to those whom the calendar is shared with in enough detail",
        arguments: [("freeBusyRead", nil), ("limitedRead", "Planning"), ("read", "Planning")]
    )
    func details(role: String, subject: String?) async throws {
        let desk = try GraphDesk.open()
        _ = try await desk.create()
        desk.graph.share(of: GraphDesk.nora, with: GraphDesk.omar, role: role)

        let entry = try await ask(try GraphDesk(desk.graph, as: GraphDesk.omar), GraphDesk.nora)

        #expect(entry["scheduleItems"]?.elements.first?["subject"]?.string == subject)
        #expect(entry["availabilityView"]?.string == "00200000")
    }

    @Test("F-02: whoever hides even free and busy times gives no access, inside an answer that succeeds")
    func hidden() async throws {
        let desk = try GraphDesk.open()
        let everybody = "/me/calendar/calendarPermissions/RGVmYXVsdA%3D%3D"
        _ = try await desk.call(.patch, everybody, ["role": "none"])

        let entry = try await ask(try GraphDesk(desk.graph, as: GraphDesk.omar), GraphDesk.nora)

        #expect(entry["error"]?["responseCode"]?.string == "ErrorNoFreeBusyAccess")
        #expect(try await ask(desk, GraphDesk.nora)["availabilityView"]?.string == "00000000")
    }

    @Test("F-02: personal accounts cannot ask, and are unknown to those who do")
    func personal() async throws {
        let desk = try GraphDesk.open()
        desk.graph.addAccount("eve@outlook.com", name: "Eve", zone: .utc)
        let eve = try GraphDesk(desk.graph, as: "eve@outlook.com")

        #expect(try await GraphScheduleTests.ask(eve, "eve@outlook.com").status == 403)
        #expect(try await eve.call(.post, "/me/findMeetingTimes", [:]).status == 403)
        #expect(try await ask(desk, "eve@outlook.com")["error"] != nil)
    }

    @Test("F-02: a list of people answers for all its members, each of whom counts")
    func lists() async throws {
        let desk = try GraphDesk.open()
        _ = try await desk.create()
        desk.graph.addGroup("team@example.com", members: [GraphDesk.nora, GraphDesk.omar])
        desk.graph.addGroup("all@example.com", members: Array(repeating: GraphDesk.nora, count: 21))

        let team = try await ask(desk, "team@example.com")
        let all = try await GraphScheduleTests.ask(desk, "all@example.com", .string(GraphDesk.omar)).values

        #expect(team["availabilityView"]?.string == "00200000" && team["scheduleId"]?.string == "team@example.com")
        #expect(all.first?["error"]?["responseCode"]?.string == "ErrorFreeBusyDLLimitReached")
        #expect(all.last?["availabilityView"]?.string == "00000000")
    }

    @Test("F-02: one schedule can be made to fail beside others")
    func refused() async throws {
        let desk = try GraphDesk.open()
        desk.graph.refuseSchedule(of: GraphDesk.omar, with: "ErrorProxyRequestProcessingFailed")

        let values = try await GraphScheduleTests.ask(desk, .string(GraphDesk.omar), .string(GraphDesk.nora)).values
        desk.graph.refuseSchedule(of: GraphDesk.omar, with: nil)

        #expect(values.first?["error"]?["responseCode"]?.string == "ErrorProxyRequestProcessingFailed")
        #expect(values.last?["error"] == nil)
        #expect(try await ask(desk, GraphDesk.omar)["error"] == nil)
    }

    @Test("F-02: times come in the preferred zone, and the interval may be a text", arguments: [4, 1441])
    func preference(interval: Int) async throws {
        let desk = try GraphDesk.open()
        _ = try await desk.create()
        var question = GraphScheduleTests.question([.string(GraphDesk.nora)])
        question["AvailabilityViewInterval"] = "60"

        let reply = try await desk.call(
            .post,
            "/me/calendar/getSchedule",
            question,
            prefer: #"outlook.timezone="Pacific Standard Time""#
        )
        question["AvailabilityViewInterval"] = .int(interval)
        let odd = try await desk.call(.post, "/me/calendar/getSchedule", question)

        #expect(reply.values.first?["availabilityView"]?.string == "0200")
        let item = reply.values.first?["scheduleItems"]?.elements.first
        #expect(
            item?["start"] == ["dateTime": "2026-03-03T00:00:00.0000000", "timeZone": "Pacific Standard Time"]
        )
        #expect(odd.status == 400)
    }
}
