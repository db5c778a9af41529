import CalendarCore

/// One page of `events.instances`.
struct InstancePage {
    /// The occurrences of the series that take place, in the service's order.
    let occurrences: [RemoteEvent]
    /// The zone of the calendar, in which days lie.
    let zone: EventZone
    let nextPageToken: String?

    /// Reads a page; rows that are cancelled or belong to another series are left out.
    init(_ document: JSONDocument, of series: RemoteEventID, markers: MarkerNames) throws(UnreadableField) {
        guard let items = document.root["items"], items.kind == .array else { throw .missing("items") }
        let name = document.root["timeZone"]?.string
        let reader = EventReader(markers: markers, calendarZone: name)
        var occurrences: [RemoteEvent] = []
        for row in items.elements where row["status"]?.string != "cancelled" {
            let event = try reader.event(row)
            guard case .exception(let key) = event.role, key.series == series else { continue }
            occurrences.append(event)
        }
        self.occurrences = occurrences
        zone = name.map { EventZone($0) } ?? .utc
        nextPageToken = document.root["nextPageToken"]?.string
    }
}
