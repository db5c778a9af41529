import CalendarCore
import Foundation

/// A `$filter` expression, taken apart (OData 4.01 part 2, section 5.1.1), as far as events can be filtered.
indirect enum GraphFilter: Sendable {
    case and(GraphFilter, GraphFilter)
    case or(GraphFilter, GraphFilter)
    case not(GraphFilter)
    case compare(String, String, Literal)
    case function(String, String, Literal)
    case any(String, GraphFilter?)

    /// A value to compare with.
    enum Literal: Hashable, Sendable {
        case text(String)
        /// Anything without quotation marks: a number, an instant, `true`, `false`, `null`.
        case word(String)
    }

    /// Whether the expression holds for a value.
    func holds(for node: JSONNode) -> Bool {
        switch self {
        case .and(let left, let right): left.holds(for: node) && right.holds(for: node)
        case .or(let left, let right): left.holds(for: node) || right.holds(for: node)
        case .not(let inner): !inner.holds(for: node)
        case .compare(let path, let operation, let literal):
            Self.order(Self.value(path, in: node), literal, isExact: !Self.loose.contains(path)).map {
                Self.test(operation, $0)
            } ?? (operation == "ne")
        case .function(let name, let path, let literal): Self.apply(name, Self.value(path, in: node), literal)
        case .any(let path, let inner):
            Self.value(path, in: node).elements.contains { element in inner?.holds(for: element) ?? true }
        }
    }

    /// The value at a path whose parts are separated by slashes; an empty path is the value itself.
    static func value(_ path: String, in node: JSONNode) -> JSONNode {
        path.split(separator: "/").reduce(node) { node, name in node[String(name)] ?? .null }
    }

    /// Texts that compare without regard to case.
    private static let loose: Set<String> = [
        "subject", "organizer/emailAddress/address", "name", "displayName", "owner/address",
    ]

    /// How a value stands to a literal: below, equal or above; nil when they are of different kinds.
    private static func order(_ value: JSONNode, _ literal: Literal, isExact: Bool) -> Int? {
        switch (value, literal) {
        case (.string(let text), .text(let other)), (.string(let text), .word(let other)):
            if let date = GraphTimestamp.read(text), let limit = GraphTimestamp.read(other) {
                return date == limit ? 0 : date < limit ? -1 : 1
            }
            let (left, right) = isExact ? (text, other) : (text.lowercased(), other.lowercased())
            return left == right ? 0 : left < right ? -1 : 1
        case (.bool(let flag), .word(let word)): return flag == (word.lowercased() == "true") ? 0 : 1
        case (.null, .word("null")): return 0
        case (_, .word(let word)):
            guard let left = value.double, let right = Double(word) else { return nil }
            return left == right ? 0 : left < right ? -1 : 1
        default: return nil
        }
    }

    private static func test(_ operation: String, _ order: Int) -> Bool {
        switch operation {
        case "eq": order == 0
        case "ne": order != 0
        case "lt": order < 0
        case "le": order <= 0
        case "gt": order > 0
        default: order >= 0
        }
    }

    private static func apply(_ name: String, _ value: JSONNode, _ literal: Literal) -> Bool {
        guard let text = value.string?.lowercased(), case .text(let part) = literal else { return false }
        switch name {
        case "startswith": return text.hasPrefix(part.lowercased())
        case "endswith": return text.hasSuffix(part.lowercased())
        default: return text.contains(part.lowercased())
        }
    }
}
