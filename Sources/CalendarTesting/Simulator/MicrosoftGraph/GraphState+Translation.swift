import CalendarCore

/// Ids in other formats (https://learn.microsoft.com/graph/outlook-immutable-id).
extension GraphState {
    /// Answers `translateExchangeIds`.
    ///
    /// The formats of the REST interface and those of Exchange Web Services are the same bytes in two alphabets of
    /// base64. The binary formats are answered in the alphabet of addresses, as the service takes them.
    func translate(_ call: GraphCall) throws(GraphFailure) -> GraphAnswer {
        guard call.method == .post else { throw .notAllowed }
        var body = JSONObject()
        for member in try call.json().object?.members ?? [] { body[member.key.lowercased()] = member.value }
        let ids = (body["inputids"]?.elements ?? []).compactMap(\.string)
        guard !ids.isEmpty, ids.count <= 1000 else { throw .invalidRequest("Translate 1 to 1000 ids at once.") }
        guard Format(rawValue: body["sourceidtype"]?.string?.lowercased() ?? "") != nil,
            let target = Format(rawValue: body["targetidtype"]?.string?.lowercased() ?? "")
        else { throw .property("A format of ids is none of the known ones.") }
        let value = ids.map { id -> JSONNode in
            guard let result = translated(id, to: target, in: accounts[call.account]) else {
                return [
                    "sourceId": .string(id),
                    "errorDetails": ["code": "ErrorInvalidIdMalformed", "message": "Id is malformed."],
                ]
            }
            return ["sourceId": .string(id), "targetId": .string(result)]
        }
        return GraphAnswer(
            body: [
                "@odata.context":
                    "https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.convertIdResult)",
                "value": .array(value),
            ]
        )
    }

    fileprivate enum Format: String {
        case entryId = "entryid"
        case ewsId = "ewsid"
        case immutableEntryId = "immutableentryid"
        case restId = "restid"
        case restImmutableEntryId = "restimmutableentryid"
    }

    private func translated(_ text: String, to format: Format, in account: GraphAccount) -> String? {
        let plain = Self.swapped(text, ["+": "-", "/": "_"])
        let isCalendar = account.calendars.contains { $0.id == plain }
        guard let item = isCalendar ? plain : itemID(plain, isImmutable: format.isImmutable, in: account) else {
            return nil
        }
        return format == .ewsId ? Self.swapped(item, ["-": "+", "_": "/"]) : item
    }

    private func itemID(_ text: String, isImmutable: Bool, in account: GraphAccount) -> String? {
        guard var id = try? GraphEventID(text), let item = account.items[id.key] else { return nil }
        id.moves = item.moves
        return id.text(isImmutable: isImmutable)
    }

    private static func swapped(_ text: String, _ letters: [Character: Character]) -> String {
        String(text.map { letters[$0] ?? $0 })
    }
}

extension GraphState.Format {
    fileprivate var isImmutable: Bool { self == .immutableEntryId || self == .restImmutableEntryId }
}
