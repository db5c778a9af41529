import CalendarCore
import CalendarTesting
import Foundation

/// A calendar as its service shows it: asked over HTTP, past the library and its mirror.
struct ServiceApp {
    let world: DemoWorld
    let person: DemoPerson

    /// Every occurrence in spring 2026 on the person's clock, such as `2026-03-25 10:00 Rehearsal`, ordered by time.
    func occurrences() async throws -> [String] {
        let isGoogle = person.provider == .google
        let service: any HTTPTransport = isGoogle ? world.google : world.microsoft
        var headers = HTTPHeaders()
        headers["Authorization"] = "Bearer \(try accessToken.reveal())"
        if !isGoogle { headers["Prefer"] = "outlook.timezone=\"\(person.zone.identifier)\"" }
        let first = isGoogle ? try googleAddress : try microsoftAddress

        var lines: [String] = []
        var next: URL? = first
        while let url = next {
            let reply = try await service.send(HTTPRequest(.get, url, operation: "demo.list", headers: headers))
            guard reply.isSuccess else { throw CalendarError(.invalidResponse, "The service shows no list.") }
            let page = try JSONDecoder().decode(Page.self, from: reply.body)
            lines += (page.items ?? page.value ?? []).map(\.line)
            next = page.nextLink
            if let token = page.nextPageToken {
                next = first.appending(queryItems: [.init(name: "pageToken", value: token)])
            }
        }
        return lines
    }

    private var accessToken: Secret {
        get throws {
            person.provider == .google
                ? try world.google.issueTokens(for: person.address).accessToken
                : try world.microsoft.issueTokens(for: person.address).accessToken
        }
    }

    // https://developers.google.com/workspace/calendar/api/v3/reference/events/list
    private var googleAddress: URL {
        get throws {
            try address(
                "https://www.googleapis.com/calendar/v3/calendars/primary/events?singleEvents=true&orderBy=startTime"
                    + "&timeMin=2026-03-01T00:00:00Z&timeMax=2026-06-01T00:00:00Z&timeZone=\(person.zone.identifier)"
            )
        }
    }

    // https://learn.microsoft.com/graph/api/calendar-list-calendarview
    private var microsoftAddress: URL {
        get throws {
            try address(
                "https://graph.microsoft.com/v1.0/me/calendarView"
                    + "?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-06-01T00:00:00Z&$orderby=start/dateTime"
            )
        }
    }

    private func address(_ text: String) throws -> URL {
        guard let url = URL(string: text) else {
            throw CalendarError.invalidArgument("zone", "Not part of an address.")
        }
        return url
    }
}

/// A page of either service's list.
private struct Page: Decodable {
    struct Event: Decodable {
        struct Time: Decodable { var dateTime: String? }

        var summary: String?
        var subject: String?
        var start: Time

        /// Both services print the clock's time first; only the precision and the offset behind it differ.
        var line: String {
            let time = (start.dateTime ?? "").prefix(16).replacing("T", with: " ")
            return "\(time) \(summary ?? subject ?? "")"
        }
    }

    enum CodingKeys: String, CodingKey {
        case items, value, nextPageToken
        case nextLink = "@odata.nextLink"
    }

    var items: [Event]?
    var value: [Event]?
    var nextPageToken: String?
    var nextLink: URL?
}
