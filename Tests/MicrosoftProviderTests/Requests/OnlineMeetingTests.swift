import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: online meetings")
struct OnlineMeetingTests {
    private static let url =
        "https://teams.example/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22a%22%7d&p=1"
    private static let ruler = String(repeating: "_", count: 80)

    /// Blocks as the service was seen to write them: with bare rulers, inside one element, and without any.
    private static let blocks = [
        #"<div style="width:100%"><span style="opacity:.36">\#(ruler)</span>\#n</div>\#n<div class="me-email-text">"#
            + #"<div><a href="\#(url)">Join</a></div></div>\#n<div><span>\#(ruler)</span>\#n</div>"#,
        #"<div class="me-email-text"><div aria-hidden="true">\#(ruler)</div><div><a id="join" href="\#(escaped)">"#
            + #"Join</a></div><div aria-hidden="true">\#(ruler)</div></div>"#,
        #"<a href="\#(url)">Join the meeting</a>"#,
    ]

    private static let escaped = url.replacing("&", with: "&amp;")

    private static func page(_ text: String, _ block: String) -> String {
        "<html><head><meta charset=\"utf-8\"></head>\n<body>\n<div>\(text)</div>\n\(block)\n</body>\n</html>"
    }

    private static func online(_ html: String) -> JSONNode {
        [
            "body": ["contentType": "html", "content": .string(html)], "isOnlineMeeting": true,
            "onlineMeetingProvider": "teamsForBusiness", "onlineMeeting": ["joinUrl": .string(url)],
        ]
    }

    private func update(
        _ graph: ScriptedGraph,
        _ base: EventContent,
        _ change: (inout EventContent) -> Void
    ) async throws -> RemoteEvent {
        var content = base
        change(&content)
        let update = EventUpdate(id: "e1", etag: "W/\"v1\"", base: base, content: content, invitations: .notifyGuests)
        return try await graph.provider.update(update, in: ScriptedGraph.calendar, session: graph.session)
    }

    @Test("Trap 11: a new text keeps the block that leads into the meeting", arguments: blocks)
    func keepsBlock(_ block: String) async throws {
        let row = ScriptedGraph.event(Self.online(Self.page("Old", block)))
        let base = try await GraphSeries.event(row).content
        let graph = ScriptedGraph(
            .expect(operation: "events.get", .json(row)),
            .expect(operation: "events.update", .json(row))
        )

        _ = try await update(graph, base) { $0.body = EventBody("a < b\nsecond line") }

        #expect(try graph.body(1).object?.keys == ["body"])
        let sent = try graph.body(1)["body"]
        let text = try #require(sent?["content"]?.string)
        #expect(sent?["contentType"]?.string == "html")
        #expect(text.hasPrefix("a &lt; b<br>second line<br>"))
        #expect(text.contains(Self.url) || text.contains(Self.escaped))
        #expect(!text.contains("Old"))
    }

    @Test(
        "the block comes before the end of a page of HTML, and goes into a text that was taken away",
        arguments: blocks
    )
    func intoPage(_ block: String) async throws {
        let row = ScriptedGraph.event(Self.online(Self.page("Old", block)))
        let base = try await GraphSeries.event(row).content
        for text in [EventBody("<html><body><p>New</p></body></html>", isHTML: true), nil] {
            let graph = ScriptedGraph(
                .expect(operation: "events.get", .json(row)),
                .expect(operation: "events.update", .json(row))
            )

            _ = try await update(graph, base) { $0.body = text }

            let sent = try #require(try graph.body(1)["body"]?["content"]?.string)
            #expect(sent.contains(Self.url) || sent.contains(Self.escaped))
            #expect(sent.hasSuffix("</body></html>") == (text != nil))
        }
    }

    @Test("a text that leads into the meeting itself is sent as it is")
    func ownBlock() async throws {
        let row = ScriptedGraph.event(Self.online(Self.page("Old", Self.blocks[0])))
        let base = try await GraphSeries.event(row).content
        let graph = ScriptedGraph(
            .expect(operation: "events.get", .json(row)),
            .expect(operation: "events.update", .json(row))
        )
        let edited = Self.page("New", Self.blocks[0])

        _ = try await update(graph, base) { $0.body = EventBody(edited, isHTML: true) }

        #expect(try graph.body(1)["body"]?["content"]?.string == edited)
    }

    @Test("Trap 33: what the service writes around the text is no change of it", arguments: blocks)
    func comparison(_ block: String) async throws {
        let provider = MicrosoftCalendarProvider()
        let read = try await GraphSeries.event(ScriptedGraph.event(Self.online(Self.page("Agenda", block)))).content
        let other = try await GraphSeries.event(
            ScriptedGraph.event(Self.online("<p>Agenda</p>\r\n" + block + "<p></p>"))
        ).content
        var plain = read
        plain.body = EventBody("Agenda")

        #expect(provider.canonical(read) == provider.canonical(plain))
        #expect(provider.canonical(other) == provider.canonical(plain))
        #expect(provider.canonical(provider.canonical(read)) == provider.canonical(read))
        #expect(try provider.patch(for: EventUpdate(read, plain)) == Data("{}".utf8))
    }

    @Test("people's own text next to the block counts, and so does a link that is no meeting's")
    func ownText() async throws {
        let provider = MicrosoftCalendarProvider()
        let read = try await GraphSeries.event(
            ScriptedGraph.event(Self.online(Self.page("Agenda", Self.blocks[0] + "<p>Below</p>")))
        ).content
        var plain = read
        plain.body = EventBody("Agenda\nBelow")
        var offline = read
        offline.conference = nil

        #expect(provider.canonical(read).body == provider.canonical(plain).body)
        #expect(provider.canonical(offline).body?.text.contains("teams.example") == true)
    }

    @Test("Trap 11: over the service a meeting survives any change of its text")
    func survives() async throws {
        let graph = try await GraphHarness()
        var content = try Sample.content()
        content.body = EventBody("Old")
        content.conference = EventConference(solution: nil, joinURL: nil, state: .pending)
        let created = try await graph.create(content)
        let link = try #require(created.content.conference?.joinURL)

        let retold = try await graph.update(created) { $0.body = EventBody("New") }
        let renamed = try await graph.update(retold) { $0.title = "Renamed" }
        let emptied = try await graph.update(renamed) { $0.body = nil }

        for event in [retold, renamed, emptied] {
            #expect(event.content.conference?.joinURL == link)
            #expect(event.content.body?.text.contains(link) == true)
        }
        #expect(graph.provider.canonical(retold.content).body == EventBody("New"))
        #expect(graph.provider.canonical(emptied.content).body == nil)
    }

    @Test("Trap 11: an update of a text that is repeated after a lost reply is known to have landed")
    func repeated() async throws {
        let graph = try await GraphHarness()
        var content = try Sample.content()
        content.conference = EventConference(solution: nil, joinURL: nil, state: .pending)
        let created = try await graph.create(content)
        _ = try await graph.update(created) { $0.body = EventBody("New") }

        let again = try await graph.update(created) { $0.body = EventBody("New") }

        #expect(again.content.conference?.joinURL == created.content.conference?.joinURL)
        #expect(graph.provider.canonical(again.content).body == EventBody("New"))
    }

    @Test("a link that comes a moment after the event is looked for once")
    func lateLink() async throws {
        var content = try Sample.content()
        content.conference = EventConference(solution: nil, joinURL: nil, state: .pending)
        let pending = ScriptedGraph.event(["isOnlineMeeting": true, "onlineMeeting": .null])
        let ready = ScriptedGraph.event(Self.online(""))
        let created = ScriptedGraph(
            .expect(operation: "events.create", .json(pending, status: 201)),
            .expect(operation: "events.get", .json(ready))
        )
        let updated = ScriptedGraph(
            .expect(operation: "events.update", .json(pending)),
            .expect(operation: "events.get", .json(pending))
        )

        let first = try await created.create(content)
        let second = try await update(updated, try Sample.content()) { $0.conference = content.conference }

        #expect(first.content.conference?.joinURL == Self.url)
        #expect(second.content.conference?.state == .pending)
        #expect(try created.body()["isOnlineMeeting"] == true)
        #expect(try created.body()["onlineMeetingProvider"]?.string == "teamsForBusiness")
        #expect(try created.body()["onlineMeeting"] == nil)
        #expect(created.transport.remaining + updated.transport.remaining == 0)
    }
}

extension EventUpdate {
    /// An update from one content to another.
    fileprivate init(_ base: EventContent, _ content: EventContent) {
        self.init(id: "e1", etag: nil, base: base, content: content, invitations: .notifyGuests)
    }
}
