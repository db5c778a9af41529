import CalendarCore

/// A partial response: which fields of an answer are wanted, such as `nextPageToken,items(id,start/dateTime)`.
///
/// See https://developers.google.com/workspace/calendar/api/guides/performance#partial-response
struct GoogleFieldMask {
    /// The fields by name, `*` standing for any; none means the whole value.
    private var members: [String: GoogleFieldMask] = [:]

    private var isWhole: Bool { members.isEmpty }

    /// Wants everything.
    private init() {}

    /// Reads a mask.
    ///
    /// - Parameter text: The parameter's value.
    /// - Throws: 400 for text that is no mask.
    init(_ text: String) throws(GoogleRefusal) {
        var rest = Substring(text.filter { $0 != " " })
        self = try Self.list(&rest)
        guard rest.isEmpty else { throw Self.refusal(String(rest)) }
    }

    private static func list(_ rest: inout Substring) throws(GoogleRefusal) -> GoogleFieldMask {
        var mask = GoogleFieldMask()
        while true {
            let name = String(rest.prefix { !",/()".contains($0) })
            guard !name.isEmpty else { throw refusal(String(rest)) }
            rest.removeFirst(name.count)
            let inner = try path(&rest)
            if let known = mask.members[name] {
                mask.members[name] = known.union(inner)
            } else {
                mask.members[name] = inner
            }
            guard rest.first == "," else { return mask }
            rest.removeFirst()
        }
    }

    /// What follows a name: a deeper name, a list in parentheses, or nothing.
    private static func path(_ rest: inout Substring) throws(GoogleRefusal) -> GoogleFieldMask {
        switch rest.first {
        case "/":
            rest.removeFirst()
            let name = String(rest.prefix { !",/()".contains($0) })
            guard !name.isEmpty else { throw refusal(String(rest)) }
            rest.removeFirst(name.count)
            var mask = GoogleFieldMask()
            mask.members[name] = try path(&rest)
            return mask
        case "(":
            rest.removeFirst()
            let mask = try list(&rest)
            guard rest.first == ")" else { throw refusal(String(rest)) }
            rest.removeFirst()
            return mask
        default: return GoogleFieldMask()
        }
    }

    private func union(_ other: GoogleFieldMask) -> GoogleFieldMask {
        guard !isWhole, !other.isWhole else { return GoogleFieldMask() }
        var result = self
        result.members.merge(other.members) { $0.union($1) }
        return result
    }

    /// What is wanted of a value; nil where fields are wanted of something that has none.
    func apply(to node: JSONNode) -> JSONNode? {
        guard !isWhole else { return node }
        switch node {
        case .array(let elements): return .array(elements.compactMap(apply))
        case .object(let object):
            let wanted = object.members.compactMap { member -> (key: String, value: JSONNode)? in
                let masks = [members[member.key], members["*"]].compactMap(\.self)
                guard let first = masks.first else { return nil }
                let mask = masks.dropFirst().reduce(first) { $0.union($1) }
                return mask.apply(to: member.value).map { (key: member.key, value: $0) }
            }
            return .object(JSONObject(wanted))
        default: return nil
        }
    }

    /// Checks that everything wanted exists.
    ///
    /// - Parameter shape: All fields there are; below a `*` without fields of its own there may be any.
    /// - Throws: 400 that names the field.
    func check(against shape: GoogleFieldMask) throws(GoogleRefusal) {
        guard shape.members["*"]?.isWhole != true else { return }
        for name in members.keys.sorted() {
            guard let wanted = members[name] else { continue }
            let field = shape.members[name] ?? shape.members["*"]
            if name == "*" {
                // A star is good where any of the fields has what is wanted of it.
                let fits = shape.members.values.contains { field in
                    wanted.isWhole || (try? wanted.check(against: field)) != nil
                }
                guard fits else { throw Self.refusal(name) }
            } else if let field {
                if !wanted.isWhole { try wanted.check(against: field) }
            } else {
                throw Self.refusal(name)
            }
        }
    }

    private static func refusal(_ field: String) -> GoogleRefusal {
        .invalidParameter("fields", "Invalid field selection \(field)")
    }
}
