import CalendarCore
import Foundation

extension GoogleService {
    /// Answers the consent page, the token and revocation endpoints and userinfo; nil for anything else.
    mutating func answerSignIn(_ request: HTTPRequest) -> HTTPResponse? {
        let path = request.url.path(percentEncoded: true)
        // Nothing in the Calendar API is one of these, whatever a calendar is called.
        guard !path.contains("/calendar/v3/") else { return nil }
        if path.hasSuffix("/o/oauth2/v2/auth") {
            return request.method == .get ? answerConsentPage(request.url) : HTTPResponse(status: 405)
        }
        if path.hasSuffix("/userinfo") { return answerUserInfo(request.headers) }
        guard path.hasSuffix("/token") || path.hasSuffix("/revoke") else { return nil }
        guard request.method == .post else { return HTTPResponse(status: 405) }
        let form = FormFields(parsing: String(decoding: request.body ?? Data(), as: UTF8.self))
        return path.hasSuffix("/token") ? answerToken(form, headers: request.headers) : answerRevocation(form)
    }

    /// The consent page for a caller without a browser: the account that `as` or `login_hint` names agrees at once.
    ///
    /// `granting` leaves only some scopes ticked, and `refuse=true` says no.
    private mutating func answerConsentPage(_ url: URL) -> HTTPResponse {
        let query = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        do throws(CalendarError) {
            let callback: URL
            if query["refuse"] == "true" {
                callback = try refusal(of: url)
            } else {
                _ = try GoogleAuthorizeRequest(url, authorization)
                let name = query["as"] ?? query["login_hint"] ?? ""
                guard
                    let address = accounts.first(where: { $0.subject == name })?.address
                        ?? accountIndex(name).map({ accounts[$0].address })
                else {
                    return .googlePage(status: 400, "Say with as= or login_hint= which account agrees.")
                }
                let ticked = query["granting"].map { text in
                    Set(text.split(separator: " ").map { GoogleScopes.reported(String($0)) })
                }
                callback = try consent(to: url, as: address, granting: ticked)
            }
            return HTTPResponse(status: 302, headers: ["Location": callback.absoluteString])
        } catch {
            return .googlePage(status: 400, "Error 400: \(error.reason ?? "invalid_request")")
        }
    }

    /// `userinfo` of OpenID Connect Core 1.0 section 5.3.
    private func answerUserInfo(_ headers: HTTPHeaders) -> HTTPResponse {
        do throws(GoogleRefusal) {
            let bearer = try authenticate(headers)
            guard bearer.access.scopes.contains(where: GoogleScopes.isIdentity) else { throw .invalidCredentials }
            let account = accounts[bearer.account]
            let subject: JSONNode = ["sub": .string(account.subject)]
            return .google(subject.merging(Self.identity(of: account, for: bearer.access.scopes)))
        } catch {
            return Self.refuseToken("invalid_request", "Invalid Credentials", status: 401)
        }
    }
}
