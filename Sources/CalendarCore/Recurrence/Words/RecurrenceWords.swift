/// A language in which rules describe themselves.
///
/// A language has phrases for clauses and a way to put them together; which clauses a rule has is decided once, for all
/// languages. A clause without a phrase is not lost: its parts follow the sentence in iCalendar text.
public protocol RecurrenceWords: Sendable {
    /// The phrase for a clause, or nil when the language has none for it.
    func phrase(for clause: RecurrenceClause) -> String?

    /// Puts phrases together, in the order in which the clauses of a rule come.
    ///
    /// - Parameters:
    ///   - phrases: Every clause with its phrase; none when nothing could be said.
    ///   - rest: Parts of the rule that no phrase says, in iCalendar text, such as `BYMONTH=13`; they must appear.
    /// - Returns: The words, without a full stop.
    func sentence(_ phrases: [(clause: RecurrenceClause, phrase: String)], rest: [String]) -> String
}

extension RecurrenceWords where Self == EnglishRecurrenceWords {
    /// Plain English.
    public static var english: EnglishRecurrenceWords { EnglishRecurrenceWords() }
}

extension RecurrenceRule {
    /// The rule in words, such as "every second Tuesday until 3 May 2027".
    ///
    /// Every part is said, or ends the words in iCalendar text. What the rule takes from the start of its series is not
    /// part of it and not said: `FREQ=WEEKLY` is "every week".
    ///
    /// - Parameters:
    ///   - language: The language.
    ///   - zone: The zone of the series, in which an UNTIL in UTC is said; without one it is said in UTC.
    /// - Returns: The words, beginning in lower case and without a full stop.
    public func words(in language: some RecurrenceWords = .english, zone: EventZone? = nil) -> String {
        var phrases: [(clause: RecurrenceClause, phrase: String)] = []
        var rest: [String] = []
        for statement in RecurrenceStatements(self, zone: zone).all {
            if let phrase = language.phrase(for: statement.clause) {
                phrases.append((statement.clause, phrase))
            } else {
                rest += statement.parts
            }
        }
        return language.sentence(phrases, rest: rest)
    }
}
