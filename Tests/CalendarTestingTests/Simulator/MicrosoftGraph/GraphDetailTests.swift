import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: attachments, extensions, online meetings, reminders")
struct GraphDetailTests {
    @Test("a small file is attached, listed, read and removed")
    func attachments() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create()
        let path = desk.path(event.id) + "/attachments"
        let file: JSONNode = [
            "@odata.type": "#microsoft.graph.fileAttachment", "name": "menu.txt", "contentBytes": "aGVsbG8=",
        ]

        let added = try await desk.call(.post, path, file)
        let one = try await desk.call(.get, path + "/" + PercentEncoding.encode(added.id))
        let list = try await desk.call(.get, path)
        let with = try await desk.call(.get, desk.path(event.id))
        let removed = try await desk.call(.delete, path + "/" + PercentEncoding.encode(added.id))
        let without = try await desk.call(.get, desk.path(event.id))

        #expect([added.status, removed.status] == [201, 204] as [Int])
        #expect(one.json["contentBytes"]?.string == "aGVsbG8=")
        #expect(one.json["size"] == .int(5))
        #expect(list.values.map { $0["name"]?.string } == ["menu.txt"])
        #expect(with.json["hasAttachments"] == true)
        #expect(without.json["hasAttachments"] == false)
        #expect(with.etag != event.etag)
    }

    @Test("the bytes of a file are read alone, and a listing of files without them")
    func fileBytes() async throws {
        let desk = try await GraphDesk()
        let path = desk.path(try await desk.create().id) + "/attachments"
        let file: JSONNode = [
            "@odata.type": "#microsoft.graph.fileAttachment", "name": "sum.txt", "contentType": "text/plain",
            "contentBytes": "MTI=",
        ]
        let one = path + "/" + PercentEncoding.encode(try await desk.call(.post, path, file).id)

        let bytes = try await desk.call(.get, one + "/$value")
        let list = try await desk.call(.get, path + "?$select=name,size")

        #expect(bytes.json == .int(12))
        #expect(bytes.headers["Content-Type"] == "text/plain")
        #expect(list.values.map { $0["name"]?.string } == ["sum.txt"])
        #expect(list.values.map { $0["contentBytes"] } == [nil])
        #expect(try await desk.call(.get, one + "/nothing").status == 400)
        #expect(try await desk.call(.delete, one + "/$value").status == 400)
    }

    @Test("an attachment without a name or without base64 is refused")
    func brokenAttachments() async throws {
        let desk = try await GraphDesk()
        let path = desk.path(try await desk.create().id) + "/attachments"
        let type: JSONNode = "#microsoft.graph.fileAttachment"

        let nameless = try await desk.call(.post, path, ["@odata.type": type, "contentBytes": ""])
        let broken = try await desk.call(.post, path, ["@odata.type": type, "name": "x", "contentBytes": "%"])

        #expect([nameless.status, broken.status] == [400, 400] as [Int])
    }

    @Test("an open extension is added, found, changed and removed, by its name with and without prefix")
    func extensions() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create()
        let path = desk.path(event.id) + "/extensions"
        let body: JSONNode = [
            "@odata.type": "microsoft.graph.openTypeExtension", "extensionName": "com.example.sync", "key": "1",
        ]

        let added = try await desk.call(.post, path, body)
        let changed = try await desk.call(.patch, path + "/com.example.sync", ["key": "2", "more": 3])
        var found: [[String?]] = []
        for name in [added.id, "com.example.sync", "com.example"] {
            let filter = PercentEncoding.encode("Extensions/any(f:f/id eq '\(name)')")
            found.append(try await desk.call(.get, "/me/events?$filter=" + filter).values.map { $0["id"]?.string })
        }
        let expand = PercentEncoding.encode("extensions($filter=id eq 'com.example.sync')")
        let expanded = try await desk.call(.get, desk.path(event.id) + "?$expand=" + expand)
        let removed = try await desk.call(.delete, path + "/" + added.id)
        let gone = try await desk.call(.get, path + "/com.example.sync")

        #expect([added.status, changed.status, removed.status, gone.status] == [201, 200, 204, 404] as [Int])
        #expect(added.id == "Microsoft.OutlookServices.OpenTypeExtension.com.example.sync")
        #expect(found == [[event.id], [event.id], []])
        let shown = expanded.json["extensions"]?.elements.first
        #expect(shown?["key"]?.string == "2")
        #expect(shown?["more"] == .int(3))
    }

    @Test("a property of several values is kept beside those of one, and shown only when expanded")
    func multipleValues() async throws {
        let desk = try await GraphDesk()
        let guid = "{66f5a359-4659-4830-9070-00050ec6ac6e}"
        let several: JSONNode = ["id": .string("StringArray \(guid) Name Tags"), "value": ["a", "b"]]
        let single: JSONNode = ["id": .string("String \(guid) Name Tag"), "value": "c"]
        let event = try await desk.create(["singleValueExtendedProperties": [single]])

        let patched = try await desk.call(.patch, desk.path(event.id), ["multiValueExtendedProperties": [several]])
        let expand = "?$expand=multiValueExtendedProperties,singleValueExtendedProperties"
        let expanded = try await desk.call(.get, desk.path(event.id) + expand)
        let mixed = try await desk.call(.patch, desk.path(event.id), ["multiValueExtendedProperties": [single]])

        #expect(patched.json["multiValueExtendedProperties"] == nil)
        #expect(expanded.json["multiValueExtendedProperties"] == [several])
        #expect(expanded.json["singleValueExtendedProperties"] == [single])
        #expect(mixed.status == 400)
    }

    @Test("an event is created together with its extension and attachment")
    func deepCreate() async throws {
        let desk = try await GraphDesk()

        let event = try await desk.create([
            "extensions": [["@odata.type": "microsoft.graph.openTypeExtension", "extensionName": "com.example.a"]],
            "attachments": [
                ["@odata.type": "#microsoft.graph.fileAttachment", "name": "a", "contentBytes": "aGVsbG8="]
            ],
        ])

        #expect(event.json["hasAttachments"] == true)
        #expect(try await desk.call(.get, desk.path(event.id) + "/extensions").values.count == 1)
    }

    @Test("an online meeting has an address, and its block stands in the body")
    func onlineMeeting() async throws {
        let desk = try await GraphDesk()

        let event = try await desk.create(["isOnlineMeeting": true, "body": ["contentType": "text", "content": "Hi"]])
        let off = try await desk.call(.patch, desk.path(event.id), ["isOnlineMeeting": false, "subject": "New"])

        let url = try #require(event.json["onlineMeeting"]?["joinUrl"]?.string)
        #expect(event.json["onlineMeetingProvider"]?.string == "teamsForBusiness")
        #expect(event.json["body"]?["content"]?.string?.contains(url) == true)
        #expect(event.json["onlineMeetingUrl"] == .null)
        #expect(off.json["isOnlineMeeting"] == true)
        #expect(off.json["onlineMeeting"] == event.json["onlineMeeting"])
        #expect(off.json["body"] == event.json["body"])
    }

    @Test("Trap 11: a body without the block loses the meeting, and the next update brings another one")
    func lostMeeting() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["isOnlineMeeting": true])

        let lost = try await desk.call(
            .patch,
            desk.path(event.id),
            ["body": ["contentType": "text", "content": "No block"]]
        )
        let back = try await desk.call(.patch, desk.path(event.id), ["subject": "New"])

        #expect(lost.json["isOnlineMeeting"] == false)
        #expect(lost.json["onlineMeeting"] == .null)
        #expect(back.json["isOnlineMeeting"] == true)
        let url = try #require(back.json["onlineMeeting"]?["joinUrl"]?.string)
        #expect(url != event.json["onlineMeeting"]?["joinUrl"]?.string)
        #expect(back.json["body"]?["content"]?.string?.contains(url) == true)
    }

    @Test("a lost meeting stays lost where the service is set so, until it is asked for again")
    func lostForGood() async throws {
        let desk = try await GraphDesk()
        desk.graph.restoresOnlineMeetings = false
        let event = try await desk.create(["isOnlineMeeting": true])
        _ = try await desk.call(.patch, desk.path(event.id), ["body": ["contentType": "text", "content": "x"]])

        let still = try await desk.call(.patch, desk.path(event.id), ["subject": "New"])
        let again = try await desk.call(.patch, desk.path(event.id), ["isOnlineMeeting": true])

        #expect(still.json["isOnlineMeeting"] == false)
        #expect(again.json["onlineMeeting"]?["joinUrl"]?.string != nil)
    }

    @Test("a body that keeps the block keeps the meeting")
    func keptMeeting() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["isOnlineMeeting": true])
        let html = try #require(event.json["body"]?["content"]?.string)

        let changed = html.split(separator: "<body>").joined(separator: "<body><p>Agenda</p>")
        let reply = try await desk.call(
            .patch,
            desk.path(event.id),
            ["body": ["contentType": "html", "content": .string(changed)]]
        )

        #expect(reply.json["onlineMeeting"] == event.json["onlineMeeting"])
        #expect(reply.json["bodyPreview"]?.string?.hasPrefix("Agenda") == true)
    }

    @Test("a provider that the calendar does not allow is refused")
    func provider() async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.create(["isOnlineMeeting": true, "onlineMeetingProvider": "skypeForBusiness"])

        #expect(reply.status == 400)
    }

    @Test("a reminder is dismissed or put off, and an event purged")
    func actions() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create()
        let path = desk.path(event.id)

        let snoozed = try await desk.call(
            .post,
            path + "/snoozeReminder",
            ["NewReminderTime": ["dateTime": "2026-03-03T08:50:00", "timeZone": "UTC"]]
        )
        let timeless = try await desk.call(.post, path + "/snoozeReminder", [:])
        let dismissed = try await desk.call(.post, path + "/dismissReminder")
        let read = try await desk.call(.get, path)
        let purged = try await desk.call(.post, path + "/permanentDelete")
        let gone = try await desk.call(.get, path)
        let wrong = try await desk.call(.get, path + "/accept")

        #expect(
            [snoozed.status, timeless.status, dismissed.status, purged.status, gone.status, wrong.status]
                == [200, 400, 200, 204, 404, 405] as [Int]
        )
        #expect(read.json["isReminderOn"] == false)
    }

    @Test("the reminders of a window name their events and when to remind")
    func reminderView() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["reminderMinutesBeforeStart": 30])
        _ = try await desk.create(["isReminderOn": false])

        let reply = try await desk.call(
            .get,
            "/me/reminderView(StartDateTime='2026-03-01T00:00:00Z',EndDateTime='2026-03-31T00:00:00Z')"
        )

        #expect(reply.values.map { $0["eventId"]?.string } == [event.id])
        #expect(
            reply.values.first?["reminderFireTime"] == ["dateTime": "2026-03-03T07:30:00.0000000", "timeZone": "UTC"]
        )
    }
}
