/// What an event carries about its repetition: the lines as received, and what was understood of them.
///
/// Reading never fails. Whatever cannot be read or expanded stays in `lines`, and `problem` says what it is; the parts
/// that were understood are there all the same. It is encoded as its lines.
public struct Recurrence: Sendable {
    /// RRULE, RDATE, EXDATE and EXRULE lines, verbatim.
    public let lines: [String]

    /// The rules that could be read.
    public let rules: [RecurrenceRule]

    /// The rules whose starts are left out (EXRULE, which RFC 5545 gave up and old calendars still hold).
    public let exceptionRules: [RecurrenceRule]

    /// The values of RDATE lines; of a period its start.
    public let additions: [RecurrenceDate]

    /// The values of RDATE lines that are periods, with their ends.
    public let periods: [RecurrencePeriod]

    /// The values of EXDATE lines.
    public let exclusions: [RecurrenceDate]

    /// The first thing that cannot be read or expanded.
    public let problem: RecurrenceError?

    /// Reads the lines of an event.
    ///
    /// - Parameter lines: Unfolded content lines such as `RRULE:FREQ=DAILY`, in any order; a line without a name is
    ///   taken for a rule when it begins with `FREQ=`.
    public init(lines: [String]) {
        var rules: [RecurrenceRule] = []
        var exceptionRules: [RecurrenceRule] = []
        var additions: [RecurrenceDate] = []
        var periods: [RecurrencePeriod] = []
        var exclusions: [RecurrenceDate] = []
        var problem: RecurrenceError?
        for line in lines {
            do throws(RecurrenceError) {
                if line.uppercased().hasPrefix("FREQ=") {
                    rules.append(try RecurrenceRule(parsing: line))
                    continue
                }
                let parsed = try RecurrenceLine(line)
                switch parsed.name {
                case "RRULE": rules.append(try RecurrenceRule(parsing: String(parsed.value)))
                case "EXRULE": exceptionRules.append(try RecurrenceRule(parsing: String(parsed.value)))
                case "RDATE":
                    let values = try parsed.dates()
                    additions += values.dates
                    periods += values.periods
                case "EXDATE": exclusions += try parsed.dates().dates
                default: throw .unknown(String(parsed.name.prefix(16)))
                }
            } catch {
                problem = problem ?? error
            }
        }
        self.lines = lines
        self.rules = rules
        self.exceptionRules = exceptionRules
        self.additions = additions
        self.periods = periods
        self.exclusions = exclusions
        self.problem = problem
    }

    /// Creates a recurrence of one rule and no exceptions.
    public init(_ rule: RecurrenceRule) {
        self.init(lines: ["RRULE:\(rule)"])
    }
}

extension Recurrence: Hashable {
    /// Compares the lines, from which all else follows.
    public static func == (left: Recurrence, right: Recurrence) -> Bool { left.lines == right.lines }

    /// Hashes the lines.
    public func hash(into hasher: inout Hasher) { hasher.combine(lines) }
}

extension Recurrence: Codable {
    /// Decodes a recurrence from its lines.
    public init(from decoder: any Decoder) throws {
        self.init(lines: try decoder.singleValueContainer().decode([String].self))
    }

    /// Encodes the lines.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(lines)
    }
}
