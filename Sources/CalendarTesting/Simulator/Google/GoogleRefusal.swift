import CalendarCore
import Foundation

/// An error answer of the Calendar API, with the body that the service documents.
struct GoogleRefusal: Error {
    var status: Int
    var reason: String
    var message: String
    var domain = "global"
    var locationType: String?
    var location: String?
    /// The method that a scope was missing for.
    var scopeMethod: String?
    /// The seconds in `Retry-After`.
    var retryAfter: Int?

    init(
        _ status: Int,
        _ reason: String,
        _ message: String,
        domain: String = "global",
        header: String? = nil,
        parameter: String? = nil
    ) {
        self.status = status
        self.reason = reason
        self.message = message
        self.domain = domain
        locationType = header == nil ? (parameter == nil ? nil : "parameter") : "header"
        location = header ?? parameter
    }

    static let notFound = GoogleRefusal(404, "notFound", "Not Found")
    static let duplicate = GoogleRefusal(409, "duplicate", "The requested identifier already exists.")
    static let deleted = GoogleRefusal(410, "deleted", "Resource has been deleted")
    static let forbidden = GoogleRefusal(403, "forbidden", "Forbidden")
    static let parseError = GoogleRefusal(400, "parseError", "Parse Error")
    static let badRequest = GoogleRefusal(400, "badRequest", "Bad Request")
    static let conditionNotMet = GoogleRefusal(412, "conditionNotMet", "Precondition Failed", header: "If-Match")
    static let loginRequired = GoogleRefusal(401, "required", "Login Required", header: "Authorization")
    static let invalidCredentials = GoogleRefusal(401, "authError", "Invalid Credentials", header: "Authorization")
    static let notOrganizer = GoogleRefusal(
        403,
        "forbiddenForNonOrganizer",
        "Shared properties can only be changed by the organizer of the event.",
        domain: "calendar"
    )
    static let fullSyncRequired = GoogleRefusal(
        410,
        "fullSyncRequired",
        "Sync token is no longer valid, a full sync is required.",
        domain: "calendar",
        parameter: "syncToken"
    )
    static let writerRequired = GoogleRefusal(
        403,
        "requiredAccessLevel",
        "You need to have writer access to this calendar.",
        domain: "calendar"
    )

    static let ownerRequired = GoogleRefusal(
        403,
        "requiredAccessLevel",
        "You need to have owner access to this calendar.",
        domain: "calendar"
    )
    static let primaryStays = GoogleRefusal(
        403,
        "cannotDeletePrimaryCalendar",
        "You cannot delete your own primary calendar.",
        domain: "calendar"
    )
    static let ownRuleStays = GoogleRefusal(
        403,
        "cannotChangeOwnAcl",
        "You cannot change your own access level.",
        domain: "calendar"
    )
    static let dataOwnerStays = GoogleRefusal(
        403,
        "forbidden",
        "The data owner of a calendar cannot remove the calendar from their calendar list."
    )
    static let methodNotAllowed = GoogleRefusal(405, "httpMethodNotAllowed", "Method Not Allowed")

    static func invalidParameter(_ name: String, _ message: String = "Invalid Value") -> GoogleRefusal {
        GoogleRefusal(400, "invalidParameter", message, parameter: name)
    }

    static func invalid(_ message: String, parameter: String? = nil) -> GoogleRefusal {
        GoogleRefusal(400, "invalid", message, parameter: parameter)
    }

    static func required(_ message: String) -> GoogleRefusal {
        GoogleRefusal(400, "required", message)
    }

    static func emptyRange(parameter: String?) -> GoogleRefusal {
        GoogleRefusal(
            400,
            "timeRangeEmpty",
            "The specified time range is empty.",
            domain: "calendar",
            parameter: parameter
        )
    }

    static func scope(_ method: String) -> GoogleRefusal {
        var refusal = GoogleRefusal(403, "insufficientPermissions", "Insufficient Permission")
        refusal.scopeMethod = method
        return refusal
    }

    private static let challenge = #"Bearer realm="https://accounts.google.com/", error="invalid_token""#

    /// The answer.
    var response: HTTPResponse {
        var detail: JSONNode = ["domain": .string(domain), "reason": .string(reason), "message": .string(message)]
        if let locationType { detail["locationType"] = .string(locationType) }
        if let location { detail["location"] = .string(location) }
        var error: JSONNode = ["errors": [detail], "code": .int(status), "message": .string(message)]
        if let scopeMethod {
            error["message"] = "Request had insufficient authentication scopes."
            error["status"] = "PERMISSION_DENIED"
            error["details"] = [
                [
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                    "domain": "googleapis.com",
                    "metadata": [
                        "service": "calendar-json.googleapis.com",
                        "method": .string("calendar.v3.\(scopeMethod)"),
                    ],
                ]
            ]
        }
        var response = HTTPResponse.google(["error": error], status: status)
        response.headers["Retry-After"] = retryAfter.map { String($0) }
        if status == 401 { response.headers["WWW-Authenticate"] = Self.challenge }
        return response
    }
}

extension HTTPResponse {
    /// An answer with a JSON body.
    static func google(_ body: JSONNode, status: Int = 200, etag: String? = nil) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": "application/json; charset=UTF-8"]
        if let etag { headers["ETag"] = etag }
        return HTTPResponse(status: status, headers: headers, body: body.data)
    }
}
