import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: conferences")
struct GoogleConferenceSimulationTests {
    private static let version = [("conferenceDataVersion", "1")]

    private static func request(_ id: String, type: String = "hangoutsMeet") -> JSONNode {
        [
            "conferenceData": [
                "createRequest": ["requestId": .string(id), "conferenceSolutionKey": ["type": .string(type)]]
            ]
        ]
    }

    @Test("a conference may be pending, and its event changes when it is settled")
    func pending() async throws {
        let desk = try await GoogleDesk()
        desk.google.conferenceOutcome = .pending
        let made = try await desk.insert(
            GoogleDesk.meeting("Call", Self.request("r-1").merging(["id": "event"])),
            Self.version
        )
        let full = try await desk.list()

        desk.google.settleConferences(as: .success)
        let increment = try await desk.list([("syncToken", full.syncToken ?? "")])

        #expect(made.body["conferenceData"]?["createRequest"]?["status"]?["statusCode"] == "pending")
        #expect(made.body["conferenceData"]?["entryPoints"] == nil)
        #expect(made.body["hangoutLink"] == nil)
        let settled = try #require(increment.items.first)
        #expect(settled["conferenceData"]?["createRequest"]?["status"]?["statusCode"] == "success")
        #expect(settled["conferenceData"]?["createRequest"]?["requestId"] == "r-1")
        #expect(settled["hangoutLink"] == settled["conferenceData"]?["entryPoints"]?[0]["uri"])
    }

    @Test("a conference may fail: the event is there without a link")
    func failure() async throws {
        let desk = try await GoogleDesk()
        desk.google.conferenceOutcome = .failure

        let answer = try await desk.insert(GoogleDesk.meeting("Call", Self.request("r-1")), Self.version)

        #expect(answer.status == 200)
        #expect(
            answer.body["conferenceData"]
                == [
                    "createRequest": [
                        "requestId": "r-1", "conferenceSolutionKey": ["type": "hangoutsMeet"],
                        "status": ["statusCode": "failure"],
                    ]
                ]
        )
    }

    @Test("a request id that was used before changes nothing, another one makes another conference")
    func requestIDs() async throws {
        let desk = try await GoogleDesk()
        let event = Self.request("r-1").merging(["id": "event"])
        let first = try await desk.insert(GoogleDesk.meeting("Call", event), Self.version)

        let same = try await desk.patch("event", Self.request("r-1"), Self.version)
        let other = try await desk.patch("event", Self.request("r-2"), Self.version)

        #expect(same.body["conferenceData"] == first.body["conferenceData"])
        #expect(other.body["conferenceData"]?["conferenceId"] != first.body["conferenceData"]?["conferenceId"])
    }

    @Test("a type that the calendar does not allow is refused", arguments: ["eventHangout", "addOn", "zoom"])
    func type(type: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.insert(GoogleDesk.meeting("Call", Self.request("r-1", type: type)), Self.version)

        #expect(answer.status == 400)
        #expect(answer.reason == "invalid")
        #expect(answer.body["error"]?["message"] == "Invalid conference type value.")
    }

    @Test("a whole conference can be copied to another event, and an update without it removes it")
    func copied() async throws {
        let desk = try await GoogleDesk()
        let first = try await desk.insert(GoogleDesk.meeting("Call", Self.request("r-1")), Self.version)
        var data = try #require(first.body["conferenceData"])
        data["createRequest"] = nil

        let copy = try await desk.insert(
            GoogleDesk.meeting("Copy", ["id": "event", "conferenceData": data]),
            Self.version
        )
        let kept = try await desk.call(.put, "calendars/primary/events/event", body: GoogleDesk.meeting("Copy"))
        let removed = try await desk.call(
            .put,
            "calendars/primary/events/event",
            Self.version,
            body: GoogleDesk.meeting("Copy")
        )

        #expect(copy.body["conferenceData"] == data)
        #expect(copy.body["hangoutLink"] == first.body["hangoutLink"])
        #expect(kept.body["conferenceData"] == data)
        #expect(removed.body["conferenceData"] == nil)
        #expect(removed.body["hangoutLink"] == nil)
    }
}
