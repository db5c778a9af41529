import CalendarCore
import Foundation

extension GoogleService {
    /// Makes, keeps or removes a conference, which only a request with `conferenceDataVersion=1` can do.
    ///
    /// With version 0, the default, that part of the body is ignored without a word.
    mutating func addConference(to row: GoogleEventRow, _ resource: JSONNode, _ query: FormFields) -> GoogleEventRow {
        guard query["conferenceDataVersion"] == "1" else { return row }
        var row = row
        guard let data = resource["conferenceData"], !data.isNull else {
            row.fields["conferenceData"] = nil
            row.fields["hangoutLink"] = nil
            return row
        }
        guard let request = data["createRequest"], let id = request["requestId"]?.string,
            row.fields["conferenceData"]?["createRequest"]?["requestId"]?.string != id
        else { return row }
        let letters = "abcdefghijkmnopqrstuvwxyz"
        let code = [3, 4, 3].map { nextText($0, alphabet: letters) }.joined(separator: "-")
        let link = "https://meet.google.com/\(code)"
        row.fields["hangoutLink"] = .string(link)
        row.fields["conferenceData"] = [
            "createRequest": [
                "requestId": .string(id),
                "conferenceSolutionKey": ["type": "hangoutsMeet"],
                "status": ["statusCode": "success"],
            ],
            "entryPoints": [
                ["entryPointType": "video", "uri": .string(link), "label": .string("meet.google.com/\(code)")]
            ],
            "conferenceSolution": ["key": ["type": "hangoutsMeet"], "name": "Google Meet"],
            "conferenceId": .string(code),
        ]
        return row
    }
}
