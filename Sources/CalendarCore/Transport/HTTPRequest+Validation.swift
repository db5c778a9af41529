import Foundation

extension HTTPRequest {
    /// Refuses a request that cannot be sent as it is meant; nothing leaves the process then.
    ///
    /// - Throws: `CalendarError.invalidArgument` for an address that is not `http` or `https` with a host, a body on GET
    ///   or HEAD (it has no meaning, RFC 9110 section 9.3.1), and a method or header field that could be read as more
    ///   than one line (RFC 9110 section 5.5). The message never repeats a value.
    package func validate() throws(CalendarError) {
        guard let scheme = url.scheme?.lowercased(), scheme == "https" || scheme == "http",
            let host = url.host(), !host.isEmpty
        else {
            throw refusal("url", "The address is not an http or https address with a host.")
        }
        if method == .get || method.rawValue == "HEAD", let body, !body.isEmpty {
            throw refusal("body", "A request that reads carries no body.")
        }
        guard Self.isToken(method.rawValue) else {
            throw refusal("method", "The method is not a token.")
        }
        for name in headers.names {
            guard Self.isToken(name), Self.isFieldValue(headers[name] ?? "") else {
                throw refusal("headers", "A header field contains characters that are not allowed there.")
            }
        }
    }

    private func refusal(_ field: String, _ message: String) -> CalendarError {
        CalendarError.invalidArgument(field, message).adding(operation: operation)
    }

    /// A token of RFC 9110 section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        let marks = "!#$%&'*+-.^_`|~".utf8
        return !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: marks.contains(byte)
                }
            }
    }

    private static func isFieldValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == UInt8(ascii: "\t") }
    }
}
