import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: the canonical form")
struct CanonicalTests {
    private let provider = MicrosoftCalendarProvider()

    @Test(
        "a text and the page Exchange makes of it are the same",
        arguments: [
            (
                "Hello & <b>bye</b>",
                "<html><head><meta charset=\"utf-8\"><style>p{}</style></head><body><div class=\"x\">"
                    + "Hello &amp; &lt;b&gt;bye&lt;/b&gt;</div></body></html>"
            ),
            ("one\ntwo", "<html><body><p>one</p>\r\n<p>two</p></body></html>"),
            ("one\n\n two  three ", "<div>one<br><br/>two&nbsp;three</div><!-- end -->"),
            ("a < b", "a < b"),
            ("caf\u{E9} \u{1F600}", "caf&#233; &#x1F600;"),
        ]
    )
    func bodies(text: String, html: String) throws {
        var (plain, page) = (try Sample.content(), try Sample.content())
        plain.body = EventBody(text)
        page.body = EventBody(html, isHTML: true)

        #expect(provider.canonical(plain).body == provider.canonical(page).body)
        #expect(provider.canonical(plain).body != nil)
    }

    @Test("emphasis and links of a text count, their attributes do not")
    func formatting() throws {
        var (one, two, three) = (try Sample.content(), try Sample.content(), try Sample.content())
        one.body = EventBody(
            "<p>See <a class=\"x\" href=\"https://e.example/?a&amp;b\">this</a> <strong>now</strong></p>",
            isHTML: true
        )
        two.body = EventBody("<div>See <a href='https://e.example/?a&amp;b'>this</a>\n<b>now</b></div>", isHTML: true)
        three.body = EventBody("See this now")

        #expect(provider.canonical(one).body == provider.canonical(two).body)
        #expect(provider.canonical(one).body != provider.canonical(three).body)
    }

    @Test("an empty page is no text")
    func empty() throws {
        var content = try Sample.content()
        content.body = EventBody("<html><head></head><body> <br></body></html>", isHTML: true)

        #expect(provider.canonical(content).body == nil)
    }

    @Test("zones of one Windows name are the same, others are not")
    func zones() throws {
        let vienna = provider.canonical(try Sample.content("2026-03-03T10:00:00", "Europe/Vienna"))
        let berlin = provider.canonical(try Sample.content("2026-03-03T10:00:00", "W. Europe Standard Time"))
        let paris = provider.canonical(try Sample.content("2026-03-03T10:00:00", "Europe/Paris"))

        #expect(vienna == berlin)
        #expect(vienna != paris)
    }

    @Test("guests compare without order, case and names")
    func guests() throws {
        var (one, two) = (try Sample.content(), try Sample.content())
        one.attendees = [Attendee(EventPerson("Grace@Example.com", name: "G")), Attendee("alan@example.com")]
        two.attendees = [Attendee("alan@example.com", isSelf: true), Attendee("grace@example.com")]
        #expect(provider.canonical(one) == provider.canonical(two))

        two.attendees[0].response = .declined
        #expect(provider.canonical(one) != provider.canonical(two))
    }

    @Test("the canonical form of a canonical form is itself", arguments: try SampleContents.all)
    func idempotent(sample: SampleContents) {
        let once = provider.canonical(sample.content)

        #expect(provider.canonical(once) == once)
    }

    @Test("every loss names its field", arguments: Loss.all)
    func losses(loss: Loss) throws {
        var content = try Sample.content()
        #expect(provider.losses(writing: content).isEmpty)

        loss.apply(&content)

        #expect(provider.losses(writing: content).map(\.field) == [loss.field])
    }
}

/// Something Graph cannot say, and the field it belongs to.
struct Loss: Sendable, CustomTestStringConvertible {
    let field: EventField
    let apply: @Sendable (inout EventContent) -> Void
    var testDescription: String { field.rawValue }

    static let all: [Loss] = [
        Loss(field: .title) { $0.title = String(repeating: "x", count: 256) },
        Loss(field: .status) { $0.status = .tentative },
        Loss(field: .status) { $0.status = .cancelled },
        Loss(field: .visibility) { $0.visibility = .public },
        Loss(field: .availability) { $0.kind = .focusTime },
        Loss(field: .color) { $0.color = "7" },
        Loss(field: .attachments) { $0.attachments = [EventAttachment(url: "https://x.example")] },
        Loss(field: .reminders) { $0.reminders = EventReminders(usesDefault: true) },
        Loss(field: .conference) {
            $0.conference = EventConference(solution: "hangoutsMeet", joinURL: "https://m.example", state: .ready)
        },
        Loss(field: .attendees) { $0.attendees = [Attendee("g@example.com", additionalGuests: 2)] },
    ]
}
