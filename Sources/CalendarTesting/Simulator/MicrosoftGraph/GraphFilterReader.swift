import CalendarCore

/// Reads `$filter` expressions about events, and refuses what the service cannot filter by.
struct GraphFilterReader {
    private var tokens: ArraySlice<Token>
    /// The lowercased paths that can be filtered by.
    private let known: Set<String>
    /// The variable of the lambda being read; its name is left out of paths.
    private var variable: String?

    private enum Token: Hashable {
        case word(String)
        case text(String)
        case symbol(Character)
    }

    /// Properties an event can be filtered by.
    static let eventPaths: Set<String> = [
        "start/datetime", "end/datetime", "lastmodifieddatetime", "createddatetime", "subject", "icaluid",
        "organizer/emailaddress/address", "type", "isallday", "iscancelled", "sensitivity", "showas", "categories",
        "singlevalueextendedproperties", "extensions", "importance", "isorganizer", "hasattachments", "isreminderon",
        "id", "seriesmasterid",
    ]

    /// The names as answered, for paths that are written in another case.
    private static let spelling = [
        "start", "dateTime", "end", "lastModifiedDateTime", "createdDateTime", "subject", "iCalUId", "organizer",
        "emailAddress", "address", "type", "isAllDay", "isCancelled", "sensitivity", "showAs", "categories",
        "singleValueExtendedProperties", "extensions", "importance", "isOrganizer", "hasAttachments", "isReminderOn",
        "id", "seriesMasterId", "value", "name", "displayName", "owner", "isDefaultCalendar", "canEdit", "canShare",
        "color",
    ]

    /// Reads an expression about something with such paths, in lower case.
    static func read(_ text: String, about paths: Set<String> = eventPaths) throws(GraphFailure) -> GraphFilter {
        var reader = GraphFilterReader(tokens: try Self.tokens(text)[...], known: paths)
        let filter = try reader.disjunction()
        guard reader.tokens.isEmpty else { throw Self.malformed }
        return filter
    }

    private static let malformed = GraphFailure(status: 400, code: "BadRequest", message: "Invalid filter clause.")

    private static func tokens(_ text: String) throws(GraphFailure) -> [Token] {
        var tokens: [Token] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first == " " {
                rest.removeFirst()
            } else if first == "'" {
                rest.removeFirst()
                var value = ""
                var isClosed = false
                while !isClosed, let end = rest.firstIndex(of: "'") {
                    value += rest[..<end]
                    rest = rest[rest.index(after: end)...]
                    // A doubled mark stands for one.
                    isClosed = rest.first != "'"
                    if !isClosed { value += String(rest.removeFirst()) }
                }
                guard isClosed else { throw malformed }
                tokens.append(.text(value))
            } else if "(),".contains(first) {
                tokens.append(.symbol(first))
                rest.removeFirst()
            } else {
                let word = rest.prefix { !" (),'".contains($0) }
                tokens.append(.word(String(word)))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }

    private mutating func disjunction() throws(GraphFailure) -> GraphFilter {
        var left = try conjunction()
        while take(word: "or") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(GraphFailure) -> GraphFilter {
        var left = try condition()
        while take(word: "and") { left = .and(left, try condition()) }
        return left
    }

    private mutating func condition() throws(GraphFailure) -> GraphFilter {
        if take(word: "not") { return .not(try condition()) }
        if take(symbol: "(") {
            let inner = try disjunction()
            try expect(")")
            return inner
        }
        guard case .word(let word)? = tokens.popFirst() else { throw Self.malformed }
        if take(symbol: "(") { return try call(word) }
        guard case .word(let operation)? = tokens.popFirst(),
            ["eq", "ne", "lt", "le", "gt", "ge"].contains(operation.lowercased())
        else { throw Self.malformed }
        return .compare(try path(word), operation.lowercased(), try literal())
    }

    /// A function, or `any` of a collection.
    private mutating func call(_ word: String) throws(GraphFailure) -> GraphFilter {
        if word.lowercased().hasSuffix("/any") {
            let collection = try path(String(word.dropLast(4)))
            if take(symbol: ")") { return .any(collection, nil) }
            guard case .word(let head)? = tokens.popFirst(), let colon = head.firstIndex(of: ":") else {
                throw Self.malformed
            }
            variable = String(head[..<colon])
            let rest = head[head.index(after: colon)...]
            if !rest.isEmpty { tokens = [.word(String(rest))] + tokens }
            let inner = try disjunction()
            variable = nil
            try expect(")")
            return .any(collection, inner)
        }
        guard ["startswith", "endswith", "contains"].contains(word.lowercased()),
            case .word(let subject)? = tokens.popFirst()
        else { throw Self.unsupported }
        let target = try path(subject)
        try expect(",")
        let value = try literal()
        try expect(")")
        return .function(word.lowercased(), target, value)
    }

    private func path(_ word: String) throws(GraphFailure) -> String {
        if let variable {
            guard word == variable || word.hasPrefix(variable + "/") else { throw Self.malformed }
            return Self.spelled(String(word.dropFirst(variable.count + 1)))
        }
        guard known.contains(word.lowercased()) else { throw Self.unsupported }
        return Self.spelled(word)
    }

    private static func spelled(_ path: String) -> String {
        path.split(separator: "/").map { part in
            spelling.first { $0.lowercased() == part.lowercased() } ?? String(part)
        }.joined(separator: "/")
    }

    private static let unsupported = GraphFailure(
        status: 400,
        code: "UnsupportedEntityExpression",
        message: "The filter expression is not supported."
    )

    private mutating func literal() throws(GraphFailure) -> GraphFilter.Literal {
        switch tokens.popFirst() {
        case .word(let word)?: return .word(word)
        case .text(let text)?: return .text(text)
        default: throw Self.malformed
        }
    }

    private mutating func take(word: String) -> Bool {
        guard case .word(let next)? = tokens.first, next.lowercased() == word else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func take(symbol: Character) -> Bool {
        guard tokens.first == .symbol(symbol) else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func expect(_ symbol: Character) throws(GraphFailure) {
        guard take(symbol: symbol) else { throw Self.malformed }
    }
}
