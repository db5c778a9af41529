import CalendarCore
import Foundation

extension SimulatedFault.Effect {
    /// What becomes of the answer to a request that took effect; nil when it is lost.
    ///
    /// Effects that act before a request is answered, or in the service's own words, leave the answer alone.
    func reply(_ response: HTTPResponse) -> HTTPResponse? {
        switch self {
        case .loseReply, .loseRequest: nil
        case .answer, .status, .statusAfterEffect, .expireSyncTokens, .expireAccessTokens: response
        case .malformedBody: response.replacingBody(Data("{".utf8) + response.body.prefix(response.body.count / 2))
        case .unknownField: response.changingObjects { $0["addedLater"] = ["kind": "addedLater"] }
        case .unknownValue(let key):
            response.changingObjects { object in
                if object[key]?.string != nil { object[key] = "addedLater" }
            }
        }
    }
}

extension HTTPResponse {
    fileprivate func replacingBody(_ body: Data) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers, body: body)
    }

    /// The answer with its object and those of its collection changed; an answer without an object stays as it is.
    fileprivate func changingObjects(_ change: (inout JSONNode) -> Void) -> HTTPResponse {
        guard let document = try? JSONDocument(body) else { return self }
        var node = JSONNode(document.root)
        guard node.object != nil else { return self }
        change(&node)
        // Google's collections and Microsoft's.
        for key in ["items", "value"] {
            guard case .array(var elements)? = node[key] else { continue }
            for index in elements.indices where elements[index].object != nil { change(&elements[index]) }
            node[key] = .array(elements)
        }
        return replacingBody(node.data)
    }
}
