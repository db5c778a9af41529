import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: answering, cancelling, forwarding")
struct GraphAnswerTests {
    /// Nora's meeting with Omar, and Omar's desk with the id of his copy.
    struct Meeting {
        let nora: GraphDesk
        let omar: GraphDesk
        let id: String
        let copy: String

        init(_ changes: JSONNode = [:]) async throws {
            nora = try await GraphDesk()
            omar = try await GraphDesk(nora, as: GraphDesk.omar)
            var body = changes
            body["attendees"] = GraphDesk.attendees(GraphDesk.omar)
            id = try await nora.create(body).id
            copy = try #require(try await omar.ids().first)
        }

        func omar(_ action: String, _ body: JSONNode = [:]) async throws -> GraphReply {
            try await omar.call(.post, omar.path(copy) + "/" + action, body)
        }
    }

    @Test(
        "an answer shows in both calendars and is mailed with its comment",
        arguments: [
            ("accept", "accepted", "busy"), ("tentativelyAccept", "tentativelyAccepted", "tentative"),
        ]
    )
    func answers(_ action: String, _ word: String, _ availability: String) async throws {
        let meeting = try await Meeting()

        let reply = try await meeting.omar(action, ["Comment": "Fine", "SendResponse": true])

        let copy = try await meeting.omar.call(.get, meeting.omar.path(meeting.copy))
        let status = try await meeting.nora.status(meeting.id)["status"]
        #expect(reply.status == 202)
        #expect(copy.json["responseStatus"]?["response"]?.string == word)
        #expect(copy.json["responseStatus"]?["time"]?.string == "2026-01-05T09:00:00.0000000Z")
        #expect(copy.json["showAs"]?.string == availability)
        #expect(copy.json["attendees"]?.elements.map { $0["status"]?["response"]?.string } == ["none"])
        #expect(status?["response"]?.string == word)
        #expect(meeting.nora.graph.mail.last?.kind == .response)
        #expect(meeting.nora.graph.mail.last?.comment == "Fine")
    }

    @Test("an answer without response is told nobody")
    func silent() async throws {
        let meeting = try await Meeting()

        _ = try await meeting.omar("accept", ["sendResponse": false])

        #expect(meeting.nora.graph.mail.map(\.kind) == [.invitation])
        #expect(try await meeting.nora.status(meeting.id)["status"]?["response"]?.string == "none")
    }

    @Test("declining takes the copy off the calendar, and can propose a new time")
    func decline() async throws {
        let meeting = try await Meeting()
        let proposal: JSONNode = [
            "start": ["dateTime": "2026-03-04T09:00:00", "timeZone": "W. Europe Standard Time"],
            "end": ["dateTime": "2026-03-04T10:00:00", "timeZone": "W. Europe Standard Time"],
        ]

        let reply = try await meeting.omar("decline", ["proposedNewTime": proposal])

        let guest = try await meeting.nora.status(meeting.id)
        #expect(reply.status == 202)
        #expect(try await meeting.omar.ids().isEmpty)
        #expect(try await meeting.omar("accept").code == "ErrorItemNotFound")
        #expect(guest["status"]?["response"]?.string == "declined")
        #expect(
            guest["proposedNewTime"]?["start"] == ["dateTime": "2026-03-04T08:00:00.0000000", "timeZone": "UTC"]
        )
    }

    @Test(
        "a new time is refused where the meeting, the answer or its silence does not allow one",
        arguments: [("accept", true, true), ("decline", false, true), ("tentativelyAccept", true, false)]
    )
    func refusedProposal(_ action: String, _ isAllowed: Bool, _ isSent: Bool) async throws {
        let meeting = try await Meeting(["allowNewTimeProposals": .bool(isAllowed)])
        let time: JSONNode = ["dateTime": "2026-03-04T09:00:00", "timeZone": "UTC"]
        let end: JSONNode = ["dateTime": "2026-03-04T10:00:00", "timeZone": "UTC"]

        let reply = try await meeting.omar(
            action,
            ["sendResponse": .bool(isSent), "proposedNewTime": ["start": time, "end": end]]
        )

        #expect(reply.status == 400)
        #expect(try await meeting.omar.ids().count == 1)
    }

    @Test("an answer to one occurrence stays with that occurrence, on both sides")
    func occurrence() async throws {
        let meeting = try await Meeting(["recurrence": GraphDesk.weekly(count: 3)])
        let copies = try await meeting.omar.call(.get, meeting.omar.view()).values.compactMap { $0["id"]?.string }

        _ = try await meeting.omar.call(.post, meeting.omar.path(copies[1]) + "/accept", [:])
        _ = try await meeting.omar.call(.post, meeting.omar.path(copies[2]) + "/decline", [:])

        let own = try await meeting.nora.call(.get, meeting.nora.view()).values
        let left = try await meeting.omar.call(.get, meeting.omar.view()).values
        #expect(
            own.map { $0["attendees"]?.elements.first?["status"]?["response"]?.string } == [
                "none", "accepted", "declined",
            ]
        )
        #expect(left.map { $0["responseStatus"]?["response"]?.string } == ["notResponded", "accepted"])
    }

    @Test("an organizer cannot answer, and a guest cannot cancel")
    func wrongSide() async throws {
        let meeting = try await Meeting()

        let answer = try await meeting.nora.call(.post, meeting.nora.path(meeting.id) + "/accept", [:])
        let cancellation = try await meeting.omar("cancel")

        #expect([answer.status, cancellation.status] == [400, 400] as [Int])
        #expect(cancellation.code == "ErrorInvalidRequest")
        #expect(
            cancellation.json["error"]?["message"]?.string
                == "Your request can't be completed. You need to be an organizer to cancel a meeting."
        )
    }

    @Test("a cancelled meeting leaves the organizer's calendar, and tells the guests why")
    func cancel() async throws {
        let meeting = try await Meeting()

        let reply = try await meeting.nora.call(
            .post,
            meeting.nora.path(meeting.id) + "/cancel",
            ["Comment": "Ill"]
        )

        let copy = try await meeting.omar.call(.get, meeting.omar.path(meeting.copy))
        #expect(reply.status == 202)
        #expect(try await meeting.nora.ids().isEmpty)
        #expect(copy.json["isCancelled"] == true)
        #expect(copy.json["subject"]?.string == "Canceled: Planning")
        #expect(meeting.nora.graph.mail.last?.comment == "Ill")
        #expect(try await meeting.omar("accept").status == 400)
    }

    @Test("a forwarded invitation reaches the new guest, who stands in the organizer's event from then on")
    func forward() async throws {
        let meeting = try await Meeting()
        let body: JSONNode = [
            "Comment": "You too", "ToRecipients": [["emailAddress": ["address": "ola@example.net", "name": "Ola"]]],
        ]

        let reply = try await meeting.omar("forward", body)
        let empty = try await meeting.omar("forward", ["ToRecipients": []])

        let guests = try await meeting.nora.call(.get, meeting.nora.path(meeting.id)).json["attendees"]?.elements
        #expect([reply.status, empty.status] == [202, 400] as [Int])
        #expect(
            guests?.map { $0["emailAddress"]?["address"]?.string } == [GraphDesk.omar, "ola@example.net"]
        )
        #expect(meeting.nora.graph.mail.last?.to == "ola@example.net")
        #expect(meeting.nora.graph.mail.last?.from == GraphDesk.omar)
    }

    @Test("guests who are hidden see themselves only")
    func hidden() async throws {
        let desk = try await GraphDesk()
        let omar = try await GraphDesk(desk, as: GraphDesk.omar)

        _ = try await desk.create([
            "hideAttendees": true, "attendees": GraphDesk.attendees(GraphDesk.omar, "ola@example.net"),
        ])

        let copy = try #require(try await omar.call(.get, "/me/events").values.first)
        #expect(copy["attendees"]?.elements.map { $0["emailAddress"]?["address"]?.string } == [GraphDesk.omar])
    }
}
