import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: fields of the neutral model")
struct NeutralFieldTests {
    private func read(_ more: String) throws -> RemoteEvent {
        try GoogleSamples.event(GoogleSamples.row("e1", "," + more))
    }

    @Test("what guests may do is read, and absence means the service's defaults")
    func guestRights() throws {
        let said = try read(
            #""guestsCanModify":true,"guestsCanInviteOthers":false,"guestsCanSeeOtherGuests":false"#
        )

        #expect(
            said.content.guestRights
                == GuestRights(mayModify: true, mayInviteOthers: false, maySeeOtherGuests: false)
        )
        #expect(try read(#""guestsCanModify":null"#).content.guestRights == GuestRights())
    }

    @Test("only the right that changed is sent, also back to its default")
    func changedRight() throws {
        let base = GoogleSamples.meeting { $0.guestRights.mayInviteOthers = false }

        let given = try GoogleSamples.patch(from: base, to: GoogleSamples.meeting())
        let taken = try GoogleSamples.patch(from: GoogleSamples.meeting(), to: base)

        #expect(given == ["guestsCanInviteOthers": true])
        #expect(taken == ["guestsCanInviteOthers": false])
    }

    @Test("the page an event came from is read, changed and removed")
    func source() throws {
        let event = try read(#""source":{"url":"https://x.example/1","title":""}"#)
        let source = GoogleSamples.meeting { $0.source = EventSource(url: "https://x.example/1", title: "Ticket") }

        let set = try GoogleSamples.patch(from: GoogleSamples.meeting(), to: source)
        let removed = try GoogleSamples.patch(from: source, to: GoogleSamples.meeting())

        #expect(event.content.source == EventSource(url: "https://x.example/1", title: ""))
        #expect(set == ["source": ["url": "https://x.example/1", "title": "Ticket"]])
        #expect(removed == ["source": nil])
    }

    @Test("a source that is no page on the web is a declared loss and not sent")
    func foreignSource() throws {
        let content = GoogleSamples.meeting { $0.source = EventSource(url: "message:1") }

        #expect(GoogleCalendarProvider().losses(writing: content).map(\.field) == [.source])
        #expect(try GoogleSamples.patch(from: GoogleSamples.meeting(), to: content) == [:])
    }

    @Test("every way into a conference is read, with what has to be typed in")
    func entryPoints() throws {
        let event = try read(
            """
            "conferenceData":{"entryPoints":[
            {"entryPointType":"video","uri":"https://meet.example/b","label":"meet.example/b"},
            {"entryPointType":"phone","uri":"tel:+1","pin":"0123","regionCode":"SE"},
            {"entryPointType":"sip","uri":"sip:1@x.example","passcode":"4"},{"entryPointType":"more"}],
            "conferenceSolution":{"key":{"type":"addOn"}},"conferenceId":"b","signature":"s"}
            """
        )

        #expect(event.content.conference?.solution == "addOn")
        #expect(
            event.content.conference?.entryPoints == [
                ConferenceEntryPoint(kind: "video", url: "https://meet.example/b", label: "meet.example/b"),
                ConferenceEntryPoint(kind: "phone", url: "tel:+1", code: "0123", region: "SE"),
                ConferenceEntryPoint(kind: "sip", url: "sip:1@x.example", code: "4"),
            ]
        )
        #expect(String(decoding: event.providerFields, as: UTF8.self).contains(#""signature":"s""#))
    }

    @Test("conference data that names nothing is no conference", arguments: ["{}", #"{"notes":"n"}"#, "null", "[]"])
    func emptyConference(_ data: String) throws {
        #expect(try read(#""conferenceData":\#(data)"#).content.conference == nil)
    }

    @Test("a wish that was granted is not asked for again with the next change")
    func grantedWish() throws {
        let granted = GoogleSamples.meeting {
            $0.conference = EventConference(solution: "hangoutsMeet", joinURL: "https://meet.example/a", state: .ready)
        }
        let wish = GoogleSamples.meeting {
            $0.title = "New"
            $0.conference = EventConference(solution: nil, joinURL: nil, state: .pending)
        }

        #expect(try GoogleSamples.patch(from: granted, to: wish) == ["summary": "New"])
    }

    @Test("a wish after a failure is a new request, and no wish removes the conference")
    func wishAgain() throws {
        let failed = GoogleSamples.meeting {
            $0.conference = EventConference(solution: "hangoutsMeet", joinURL: nil, state: .failed)
        }
        let wish = GoogleSamples.meeting {
            $0.conference = EventConference(solution: nil, joinURL: nil, state: .pending)
        }

        let request: JSONNode = [
            "createRequest": ["requestId": "e1-7", "conferenceSolutionKey": ["type": "hangoutsMeet"]]
        ]
        #expect(try GoogleSamples.patch(from: failed, to: wish) == ["conferenceData": request])
        #expect(try GoogleSamples.patch(from: failed, to: GoogleSamples.meeting()) == ["conferenceData": nil])
    }

    @Test("a link is never copied to another event: the service is asked for one of its own")
    func copiedLink() async throws {
        let google = ScriptedGoogle.echoing()
        let content = GoogleSamples.meeting {
            $0.conference = EventConference(
                solution: "eventHangout",
                joinURL: "https://meet.example/other",
                state: .ready,
                entryPoints: [ConferenceEntryPoint(kind: "phone", url: "tel:+1", code: "0123")]
            )
        }
        let creation = EventCreation(key: "0123456789abcdef", content: content, invitations: .silent)

        _ = try await GoogleCalendarProvider().create(creation, in: "cal", session: google.session)

        let expected: JSONNode = [
            "createRequest": [
                "requestId": "0123456789abcdef", "conferenceSolutionKey": ["type": "hangoutsMeet"],
            ]
        ]
        #expect(google.sent.first?.json?["conferenceData"] == expected)
        #expect(GoogleCalendarProvider().losses(writing: content).map(\.field) == [.conference])
    }

    @Test("a label is kept and no write of ours drops it, because none asks for labels")
    func label() async throws {
        let google = ScriptedGoogle(json: GoogleSamples.row("e1"))
        let event = try read(#""eventLabelId":"2f1f6c2e""#)
        var content = event.content
        content.color = "5"
        let update = EventUpdate(
            id: "e1",
            etag: event.etag,
            base: event.content,
            content: content,
            invitations: .silent
        )

        _ = try await GoogleCalendarProvider().update(update, in: "cal", session: google.session)

        #expect(String(decoding: event.providerFields, as: UTF8.self) == #"{"eventLabelId":"2f1f6c2e"}"#)
        #expect(google.sent.first?.json == ["colorId": "5"])
        #expect(google.sent.first?.query["eventLabelVersion"] == nil)
    }

    @Test("a known field of another kind is kept as it came")
    func oddKinds() throws {
        let event = try read(#""location":7,"recurrence":"RRULE:FREQ=DAILY","guestsCanModify":"yes","colorId":null"#)

        #expect(
            String(decoding: event.providerFields, as: UTF8.self)
                == #"{"location":7,"recurrence":"RRULE:FREQ=DAILY","guestsCanModify":"yes"}"#
        )
    }
}
