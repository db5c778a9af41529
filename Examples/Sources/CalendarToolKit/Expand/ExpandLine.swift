import CalendarCore
import Foundation

/// A line of `calendar expand`: one series, with an id.
package struct ExpandLine: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, dtstart, tzid, rrule, exdate, rdate, limit
    }

    private let id: LineID?
    private let request: Result<ExpandRequest, LineFault>

    /// Decodes what can be decoded, so that the answer to a bad line bears its id.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try? container.decode(LineID.self, forKey: .id)
        do {
            request = .success(
                try ExpandRequest(
                    rule: container.decode(String.self, forKey: .rrule),
                    start: container.decode(String.self, forKey: .dtstart),
                    zoneName: container.decodeIfPresent(String.self, forKey: .tzid),
                    additions: container.decodeIfPresent([String].self, forKey: .rdate) ?? [],
                    exclusions: container.decodeIfPresent([String].self, forKey: .exdate) ?? [],
                    limit: Self.limit(in: container)
                )
            )
        } catch {
            request = .failure(LineFault(error))
        }
    }

    /// A number with a fraction is a fault that Foundation does not tie to its field.
    private static func limit(in container: KeyedDecodingContainer<CodingKeys>) throws(LineFault) -> Int? {
        do {
            return try container.decodeIfPresent(Int.self, forKey: .limit)
        } catch {
            throw LineFault("limit is not a whole number")
        }
    }

    /// The answer to a line: `{"id":…,"occurrences":[…]}` or `{"id":…,"error":"…"}`.
    package static func answer(to line: Data, by expander: Expander) -> String {
        let request: ExpandLine
        do {
            request = try JSONDecoder().decode(ExpandLine.self, from: line)
        } catch {
            return LineFault(error).json(id: .null)
        }
        let id = request.id ?? .null
        do throws(LineFault) {
            let times = try expander.occurrences(of: request.request.get())
            let readings = times.map { "\"\($0.civil.basicText)\"" }.joined(separator: ",")
            return "{\"id\":\(id.json),\"occurrences\":[\(readings)]}"
        } catch {
            return error.json(id: id)
        }
    }
}
