import CalendarCore
import Foundation

/// What becomes of a conference that a client asks the simulated service for.
public enum GoogleConferenceOutcome: Sendable, Hashable {
    /// It is there at once.
    case success
    /// It is being made until `settleConferences(as:)` says what became of it.
    case pending
    /// There will be none; the event exists without a link.
    case failure
}

extension GoogleService {
    /// The conference solutions that calendars allow.
    private static let allowedSolutions = ["hangoutsMeet"]

    /// Makes, keeps, copies or removes a conference, which only a request with `conferenceDataVersion=1` can do.
    ///
    /// With version 0, the default, that part of the body is ignored without a word. A request id that was used before
    /// is ignored, too.
    mutating func addConference(
        to row: GoogleEventRow,
        _ resource: JSONNode,
        _ query: FormFields
    ) throws(GoogleRefusal) -> GoogleEventRow {
        guard query["conferenceDataVersion"] == "1" else { return row }
        var row = row
        guard let data = resource["conferenceData"], !data.isNull else {
            row.fields["conferenceData"] = nil
            row.fields["hangoutLink"] = nil
            return row
        }
        let stored = row.fields["conferenceData"]
        guard let request = data["createRequest"], !request.isNull,
            request["requestId"] != stored?["createRequest"]?["requestId"]
        else {
            // Whoever sends a conference back, or to another event, sends it whole.
            guard data["conferenceId"]?.string != nil || data["entryPoints"]?.elements.isEmpty == false else {
                return row
            }
            row.fields["conferenceData"] = data
            row.fields["hangoutLink"] = Self.link(of: data)
            return row
        }
        guard let id = request["requestId"]?.string, !id.isEmpty else {
            throw .required("Missing conference request id.")
        }
        let type = request["conferenceSolutionKey"]?["type"]?.string ?? "hangoutsMeet"
        guard Self.allowedSolutions.contains(type) else { throw .invalid("Invalid conference type value.") }
        return settled(row, request: id, as: conferenceOutcome)
    }

    /// A row whose conference was asked for under a request id and came out in a certain way.
    private mutating func settled(
        _ row: GoogleEventRow,
        request id: String,
        as outcome: GoogleConferenceOutcome
    ) -> GoogleEventRow {
        var row = row
        var request: JSONNode = ["requestId": .string(id), "conferenceSolutionKey": ["type": "hangoutsMeet"]]
        row.fields["hangoutLink"] = nil
        guard outcome == .success else {
            request["status"] = ["statusCode": outcome == .pending ? "pending" : "failure"]
            row.fields["conferenceData"] = ["createRequest": request]
            return row
        }
        request["status"] = ["statusCode": "success"]
        let letters = "abcdefghijkmnopqrstuvwxyz"
        let code = [3, 4, 3].map { nextText($0, alphabet: letters) }.joined(separator: "-")
        let link = "https://meet.google.com/\(code)"
        row.fields["hangoutLink"] = .string(link)
        row.fields["conferenceData"] = [
            "createRequest": request,
            "entryPoints": [
                ["entryPointType": "video", "uri": .string(link), "label": .string("meet.google.com/\(code)")]
            ],
            "conferenceSolution": ["key": ["type": "hangoutsMeet"], "name": "Google Meet"],
            "conferenceId": .string(code),
        ]
        return row
    }

    /// Ends all pending requests for a conference in one way.
    mutating func settleConferences(as outcome: GoogleConferenceOutcome) {
        for index in calendars.indices {
            for row in calendars[index].rows where row.life == .live && row.organizer == calendars[index].id {
                guard let request = row.fields["conferenceData"]?["createRequest"],
                    request["status"]?["statusCode"] == "pending", let id = request["requestId"]?.string
                else { continue }
                calendars[index][row.id] = settled(row, request: id, as: outcome)
                calendars[index].touch(row.id, version: nextVersion(), now: now)
                mirror(row.seriesID ?? row.id, in: index)
            }
        }
    }

    /// The address of a Meet conference's video entry.
    private static func link(of data: JSONNode) -> JSONNode? {
        guard data["conferenceSolution"]?["key"]?["type"] == "hangoutsMeet" else { return nil }
        return data["entryPoints"]?.elements.first { $0["entryPointType"] == "video" }?["uri"]
    }
}
