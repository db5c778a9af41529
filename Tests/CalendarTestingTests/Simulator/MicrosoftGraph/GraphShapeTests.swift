import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite(
    "Graph simulator: answers after the service's metadata",
    .enabled(if: GraphServiceMetadata.isPresent, "shared data is absent")
)
struct GraphShapeTests {
    private static let rich: JSONNode = [
        "body": ["contentType": "html", "content": "<p>Hi</p>"], "importance": "high", "sensitivity": "personal",
        "showAs": "oof", "categories": ["Red"], "isOnlineMeeting": true, "transactionId": "op-1",
        "locations": [
            ["displayName": "Room 1", "address": ["city": "Berlin"], "locationEmailAddress": "room@example.com"],
            ["displayName": "Room 2", "coordinates": ["latitude": 52.5]],
        ],
        "attendees": [["emailAddress": ["address": "omar@example.com"], "type": "optional"]],
        "recurrence": [
            "pattern": ["type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"], "index": "first"],
            "range": [
                "@odata.type": "microsoft.graph.recurrenceRange", "type": "endDate", "startDate": "2026-03-03",
                "endDate": "2026-05-31", "recurrenceTimeZone": "W. Europe Standard Time",
            ],
        ],
        "singleValueExtendedProperties": [["id": .string(GraphWriteTests.key), "value": "1"]],
        "attachments": [["@odata.type": "#microsoft.graph.fileAttachment", "name": "a", "contentBytes": "aGVsbG8="]],
        "extensions": [["@odata.type": "microsoft.graph.openTypeExtension", "extensionName": "com.example.a"]],
    ]

    @Test("events have declared properties of the declared types only, in all their forms")
    func events() async throws {
        let desk = try await GraphDesk()
        let omar = try await GraphDesk(desk, as: GraphDesk.omar)
        let metadata = try GraphServiceMetadata()
        let single = try await desk.create()
        let series = try await desk.create(Self.rich)
        let day: JSONNode = ["dateTime": "2026-03-03", "timeZone": "W. Europe Standard Time"]
        let next: JSONNode = ["dateTime": "2026-03-04", "timeZone": "W. Europe Standard Time"]
        let allDay = try await desk.create(["isAllDay": true, "start": day, "end": next])
        let occurrence = try #require(
            try await desk.call(.get, desk.view()).values.first { $0["type"] == "occurrence" }?["id"]?.string
        )
        let exception = try await desk.call(.patch, desk.path(occurrence), ["subject": "Moved", "location": nil])
        let copy = try #require(try await omar.ids().first)
        _ = try await omar.call(.post, omar.path(copy) + "/accept", [:])
        let expand =
            "?$select=subject,cancelledOccurrences&$expand=exceptionOccurrences,extensions,attachments,"
            + "singleValueExtendedProperties"

        var answers = [single.json, series.json, allDay.json, exception.json]
        answers.append(try await omar.call(.get, omar.path(copy)).json)
        answers.append(try await desk.call(.get, desk.path(series.id) + expand).json)
        answers += try await desk.call(.get, desk.view()).values
        answers += try await desk.round(desk.view(delta: true)).items

        #expect(answers.count > 10)
        for answer in answers { #expect(metadata.faults(in: answer, of: "graph.event") == []) }
        let whole = Set(single.json.object?.keys.filter { !$0.contains("@") } ?? [])
        #expect(
            whole.isSuperset(of: [
                "allowNewTimeProposals", "attendees", "body", "bodyPreview", "categories", "changeKey",
                "createdDateTime", "end", "hasAttachments", "hideAttendees", "iCalUId", "id", "importance",
                "isAllDay", "isCancelled", "isDraft", "isOnlineMeeting", "isOrganizer", "isReminderOn",
                "lastModifiedDateTime", "location", "locations", "onlineMeeting", "onlineMeetingProvider",
                "onlineMeetingUrl", "organizer", "originalEndTimeZone", "originalStartTimeZone", "recurrence",
                "reminderMinutesBeforeStart", "responseRequested", "responseStatus", "sensitivity",
                "seriesMasterId", "showAs", "start", "subject", "transactionId", "type", "webLink",
            ])
        )
        #expect(whole.isDisjoint(with: ["uid", "occurrenceId"]))
    }

    @Test("the oracle itself finds what is wrong")
    func oracle() throws {
        let metadata = try GraphServiceMetadata()
        let node: JSONNode = [
            "uid": "x", "isAllDay": "true", "start": ["dateTime": 5], "showAs": "Busy", "attendees": [["type": "none"]],
        ]

        #expect(
            metadata.faults(in: node, of: "graph.event") == [
                "/uid is unknown", "/isAllDay is no Edm.Boolean", "/start/dateTime is no Edm.String",
                "/showAs is no freeBusyStatus: Busy", "/attendees[]/type is no attendeeType: none",
            ]
        )
    }
}
