import CalendarCore
import Foundation

/// An error answer of the service, in the shape of https://learn.microsoft.com/graph/errors.
struct GraphFailure: Error {
    var status: Int
    var code: String
    var message: String
    /// Where to start again; nil for most failures.
    var location: String?
    /// The header that says how long to wait; nil for none.
    var retryAfter: String?
    /// Further members of the inner error.
    var inner: JSONNode = [:]
    /// The claims that the next token has to bring, as JSON; nil for most failures.
    var claims: String?
}

extension GraphFailure {
    /// A fault of the request without a better code.
    static func badRequest(_ message: String) -> GraphFailure {
        GraphFailure(status: 400, code: "BadRequest", message: message)
    }

    /// A body that cannot be read as the resource.
    static func body(_ message: String) -> GraphFailure {
        GraphFailure(status: 400, code: "RequestBodyRead", message: message)
    }

    /// A request that makes no sense for the resource.
    static func invalidRequest(_ message: String) -> GraphFailure {
        GraphFailure(
            status: 400,
            code: "ErrorInvalidRequest",
            message: "Your request can't be completed. \(message)"
        )
    }

    /// A property whose value breaks a rule.
    static func property(_ message: String) -> GraphFailure {
        GraphFailure(status: 400, code: "ErrorPropertyValidationFailure", message: message)
    }

    /// A recurrence that is no recurrence.
    static func recurrence(_ message: String) -> GraphFailure {
        GraphFailure(status: 400, code: "ErrorCalendarInvalidRecurrence", message: message)
    }

    /// A query parameter that is missing or unreadable.
    static func parameter(_ name: String) -> GraphFailure {
        GraphFailure(
            status: 400,
            code: "ErrorInvalidParameter",
            message: "This request requires a valid value of the query parameter '\(name)'."
        )
    }

    /// A query option the collection does not understand.
    static func query(_ message: String) -> GraphFailure {
        GraphFailure(status: 400, code: "ErrorInvalidUrlQuery", message: message)
    }

    /// A zone name the service does not know.
    static func zone(_ name: String) -> GraphFailure {
        GraphFailure(
            status: 400,
            code: "TimeZoneNotSupportedException",
            message: "A valid TimeZone value must be specified. This value is not supported: '\(name)'."
        )
    }

    static let malformedID = GraphFailure(status: 400, code: "ErrorInvalidIdMalformed", message: "Id is malformed.")

    static let unauthenticated = GraphFailure(
        status: 401,
        code: "InvalidAuthenticationToken",
        message: "Access token has expired or is not yet valid."
    )

    static let denied = GraphFailure(
        status: 403,
        code: "ErrorAccessDenied",
        message: "Access is denied. Check credentials and try again."
    )

    static let notFound = GraphFailure(
        status: 404,
        code: "ErrorItemNotFound",
        message: "The specified object was not found in the store."
    )

    static let notAllowed = GraphFailure(
        status: 405,
        code: "ErrorMethodNotAllowed",
        message: "The method is not allowed for this resource."
    )

    static let syncStateNotFound = GraphFailure(
        status: 410,
        code: "SyncStateNotFound",
        message: "The sync state generation is not found."
    )

    /// What was too much to gather in time; the service does not say so.
    static let timeout = GraphFailure(status: 504, code: "UnknownError", message: "")

    static let conflict = GraphFailure(
        status: 412,
        code: "ErrorIrresolvableConflict",
        message:
            "The send or update operation could not be performed because the change key passed in the request does not "
            + "match the current change key for the item."
    )

    static let repeatedTransaction = GraphFailure(
        status: 409,
        code: "Conflict",
        message: "An event with this transactionId exists already."
    )

    static let crossing = GraphFailure(
        status: 400,
        code: "ErrorOccurrenceCrossingBoundary",
        message: "Modified occurrence is crossing or overlapping adjacent occurrence."
    )
}

extension GraphState {
    /// The answer that reports a failure.
    mutating func response(to failure: GraphFailure) -> HTTPResponse {
        let request = identifiers.guid()
        var inner = failure.inner
        inner["date"] = .string(CivilDateTime(secondsSinceEpoch: now.secondsSinceEpoch).description)
        inner["request-id"] = .string(request)
        inner["client-request-id"] = .string(clientRequestID ?? request)
        let body: JSONNode = [
            "error": [
                "code": .string(failure.code), "message": .string(failure.message), "innerError": inner,
            ]
        ]
        var headers: HTTPHeaders = ["Content-Type": "application/json", "request-id": request]
        headers["Location"] = failure.location
        headers["Retry-After"] = failure.retryAfter
        if failure.status == 401 {
            let challenge = failure.claims.map { claims in
                #"error="insufficient_claims", claims="\#(Data(claims.utf8).base64EncodedString())""#
            }
            headers["WWW-Authenticate"] = #"Bearer realm="", "# + (challenge ?? #"error="invalid_token""#)
        }
        return HTTPResponse(status: failure.status, headers: headers, body: body.data)
    }
}
