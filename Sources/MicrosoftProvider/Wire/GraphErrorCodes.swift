import CalendarCore
import Foundation

/// The codes of an error answer, the outermost first.
///
/// The inner object is spelt `innerError` or `innererror` and may nest; a body that is no JSON has no codes.
struct GraphErrorCodes {
    private let codes: [String]

    init(_ body: Data) {
        var codes: [String] = []
        var level = (try? JSONDocument(body))?.root["error"]
        while let object = level, codes.count < 8 {
            if let code = object["code"]?.string, Self.isCode(code) { codes.append(code) }
            level = object["innerError"] ?? object["innererror"]
        }
        self.codes = codes
    }

    /// The outermost code.
    var first: String? { codes.first }

    /// Whether one of the codes, without regard to case, is in a set of lower-case codes.
    func areAny(of known: Set<String>) -> Bool {
        codes.contains { known.contains($0.lowercased()) }
    }

    /// Codes are short words; anything else could carry personal data.
    private static func isCode(_ text: String) -> Bool {
        (1...80).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "@") }
    }
}
