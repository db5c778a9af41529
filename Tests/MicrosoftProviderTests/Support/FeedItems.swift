import CalendarCore

/// Items of a change feed, as Graph answers them in UTC.
enum FeedItems {
    /// A daily series without end, at nine in UTC from 3 March 2026 on.
    static func master(_ id: String = "m", _ changes: JSONNode = [:]) -> String {
        let recurrence: JSONNode = [
            "pattern": ["type": "daily", "interval": 1],
            "range": [
                "type": "noEnd", "startDate": "2026-03-03", "recurrenceTimeZone": "UTC",
            ],
        ]
        let plain: JSONNode = [
            "id": .string(id), "type": "seriesMaster", "recurrence": recurrence, "originalStartTimeZone": "UTC",
            "originalEndTimeZone": "UTC",
        ]
        return ScriptedGraph.event(plain.merging(changes))
    }

    /// An occurrence of a day of March 2026, with the seven properties that it has.
    static func occurrence(_ id: String, day: String, of series: String = "m") -> String {
        ScriptedGraph.text([
            "@odata.type": "#microsoft.graph.event", "@odata.etag": "W/\"v1\"", "id": .string(id),
            "seriesMasterId": .string(series), "type": "occurrence",
            "start": ["dateTime": .string("2026-03-\(day)T09:00:00.0000000"), "timeZone": "UTC"],
            "end": ["dateTime": .string("2026-03-\(day)T10:00:00.0000000"), "timeZone": "UTC"],
        ])
    }
}
