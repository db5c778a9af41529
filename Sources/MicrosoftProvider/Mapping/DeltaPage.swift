import CalendarCore
import Foundation

/// A page of the view delta as changes.
///
/// Masters, single events and exceptions come in full. Plain occurrences are sparse and only tell which starts of their
/// series take place, because Graph reports a deleted occurrence by listing the others again; a series is never split
/// over pages (https://learn.microsoft.com/graph/delta-query-events).
struct DeltaPage {
    let mapping: EventMapping
    let account: String
    /// Where the page was read.
    let feed: FeedPosition

    /// Turns a page into changes and what follows.
    ///
    /// - Throws: `CalendarError.invalidResponse` when nothing follows or the link leads elsewhere.
    func read(_ page: GraphPage, root: URL) throws -> ChangePage {
        var changes: [RemoteChange] = []
        var occurrences = OccurrenceSets()
        for item in page.items {
            do throws(UnreadableField) {
                if let change = try change(item, &occurrences) { changes.append(change) }
            } catch {
                changes.append(.unreadable(SyncIssue(item, error)))
                occurrences.discard(item["seriesMasterId"]?.string)
            }
        }
        changes += occurrences.changes(window: feed.chain.window)
        return ChangePage(changes: changes, continuation: try continuation(page, root: root))
    }

    private func change(
        _ item: JSONValue,
        _ occurrences: inout OccurrenceSets
    ) throws(UnreadableField) -> RemoteChange? {
        if item["@removed"] != nil {
            guard let id = item["id"]?.string else { throw UnreadableField(name: "id") }
            // Also said of events that merely left the window: a series may take place outside of it.
            occurrences.noteRemoval(id)
            return .removed(RemoteEventID(id), isCertain: false)
        }
        switch OccurrenceMapping.kind(of: item) {
        case .occurrence:
            guard let series = item["seriesMasterId"]?.string else { throw UnreadableField(name: "seriesMasterId") }
            occurrences.insert(try OccurrenceMapping.start(of: item), series: series, isSparse: true)
            return nil
        case .exception:
            let event = try mapping.read(item, account: account)
            if case .exception(let key) = event.role {
                let start = key.originalStart.date(floatingIn: .utc)
                occurrences.insert(start, series: key.series.rawValue, isSparse: false)
            }
            return .upserted(event)
        case .master:
            let event = try mapping.read(item, account: account)
            occurrences.noteMaster(event.id.rawValue)
            return .upserted(event)
        case .single: return .upserted(try mapping.read(item, account: account))
        }
    }

    private func continuation(_ page: GraphPage, root: URL) throws -> ChangePage.Continuation {
        if let link = page.nextLink {
            _ = try GraphLink(link, root: root)
            return .more(ResumePoint(feed.continued(at: link).text))
        }
        guard let link = page.deltaLink else {
            throw CalendarError(
                .invalidResponse,
                "The page of changes has no link to what follows.",
                field: "@odata.deltaLink",
                provider: .microsoft
            )
        }
        _ = try GraphLink(link, root: root)
        let (position, isComplete) = feed.finished(with: link)
        return isComplete ? .end(SyncCursor(position.text)) : .more(ResumePoint(position.text))
    }
}
