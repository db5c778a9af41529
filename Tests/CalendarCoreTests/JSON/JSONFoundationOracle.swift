import CalendarCore
import Foundation

/// Foundation's reader as a second opinion on values.
enum JSONFoundationOracle {
    static func value(_ bytes: [UInt8]) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    }

    /// Tells whether Foundation found the same value.
    static func agrees(_ value: JSONValue, _ other: Any) -> Bool {
        switch value.kind {
        case .null: return other is NSNull
        case .bool: return isBool(other) && value.bool == other as? Bool
        case .number:
            guard let number = other as? NSNumber, !isBool(other) else { return false }
            let isWhole = value.bytes.allSatisfy { $0 == UInt8(ascii: "-") || 0x30...0x39 ~= $0 }
            if isWhole, let int = value.int { return int == number.intValue }
            // A number of 17 digits or more is a decimal there, exact in itself but not rounded well to a double.
            return value.double == (number is NSDecimalNumber ? Double(number.stringValue) : number.doubleValue)
        case .string: return (other as? String).map { Array($0.utf8) } == value.string.map { Array($0.utf8) }
        case .array:
            guard let array = other as? [Any], array.count == value.elements.count else { return false }
            return zip(value.elements, array).allSatisfy { agrees($0, $1) }
        case .object:
            // Foundation's dictionary holds one of the members whose keys are canonically equivalent.
            guard let object = other as? [String: Any] else { return false }
            let members = Dictionary(value.members.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
            return members.count == object.count
                && members.allSatisfy { key, value in object[key].map { agrees(value, $0) } ?? false }
        }
    }

    private static func isBool(_ value: Any) -> Bool {
        (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
    }

    /// Tells whether Foundation takes the bytes for UTF-16 or UTF-32, which RFC 8259 section 8.1 no longer allows.
    static func suspectsOtherEncoding(_ bytes: [UInt8]) -> Bool {
        bytes.prefix(4).contains(0) || bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
    }

    /// Tells whether a document holds a number beyond the doubles, which is well-formed but which Foundation refuses.
    static func holdsExtremeNumber(_ value: JSONValue) -> Bool {
        switch value.kind {
        case .number: value.double == nil
        case .array: value.elements.contains { holdsExtremeNumber($0) }
        case .object: value.members.contains { holdsExtremeNumber($0.value) }
        default: false
        }
    }

    /// Tells whether a document was refused for a comma before a closing bracket, which Foundation on Linux lets pass.
    static func isTrailingComma(_ error: JSONError, in bytes: [UInt8]) -> Bool {
        guard case .unexpectedByte(let offset) = error, [0x5D, 0x7D].contains(bytes[offset]) else { return false }
        return bytes[..<offset].last { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: ",")
    }
}
