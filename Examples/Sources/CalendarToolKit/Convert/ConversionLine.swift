import CalendarCore

/// One line of `calendar convert`; its one key says what kind of row it was.
enum ConversionLine: Encodable {
    case event(NeutralEvent, patch: JSONTree?)
    case conversion(Conversion)
    case removed(Removed)
    case cancelledOccurrence(CancelledOccurrence)
    case occurrences(Occurrences)
    case issue(SyncIssue)

    struct Conversion: Encodable {
        let id: String
        let losses: [Loss]
        var payload: JSONTree?
        var refusal: Refusal?

        init(id: String, losses: [FidelityLoss]) {
            self.id = id
            self.losses = losses.map { Loss(field: $0.field.rawValue, message: $0.message) }
        }

        struct Loss: Encodable {
            let field: String
            let message: String
        }

        struct Refusal: Encodable {
            let code: String
            let field: String?
            let message: String
        }
    }

    struct Removed: Encodable {
        let id: String
    }

    struct CancelledOccurrence: Encodable {
        let id: String
        let etag: String?
        let series: String
        let originalStart: NeutralTime
    }

    struct Occurrences: Encodable {
        let series: String
        let originalStarts: [String]
    }

    /// An issue as far as a conversion knows it: nobody has been shown it yet.
    struct Issue: Encodable {
        let event: RemoteEventID?
        let etag: String?
        let code: SyncIssue.Code
        let field: String?
        let message: String

        init(_ issue: SyncIssue) {
            (event, etag, code) = (issue.event, issue.etag, issue.code)
            (field, message) = (issue.field, issue.message)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case event, patch, conversion, removed, cancelledOccurrence, occurrences, issue
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .event(let event, let patch):
            try container.encode(event, forKey: .event)
            try container.encodeIfPresent(patch, forKey: .patch)
        case .conversion(let conversion): try container.encode(conversion, forKey: .conversion)
        case .removed(let removed): try container.encode(removed, forKey: .removed)
        case .cancelledOccurrence(let occurrence): try container.encode(occurrence, forKey: .cancelledOccurrence)
        case .occurrences(let occurrences): try container.encode(occurrences, forKey: .occurrences)
        case .issue(let issue): try container.encode(Issue(issue), forKey: .issue)
        }
    }
}
