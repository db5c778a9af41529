/// What an event carries about its repetition: the lines as received, and what was understood of them.
///
/// Reading never fails. Whatever cannot be read or expanded stays in `lines`, and `problem` says what it is; the parts
/// that were understood are there all the same. It is encoded as its lines.
public struct Recurrence: Sendable {
    /// RRULE, RDATE, EXDATE and EXRULE lines, verbatim.
    public let lines: [String]

    /// The rules that could be read.
    public let rules: [RecurrenceRule]

    /// The values of RDATE lines.
    public let additions: [RecurrenceDate]

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
        var additions: [RecurrenceDate] = []
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
                case "RDATE": additions += try parsed.dates()
                case "EXDATE": exclusions += try parsed.dates()
                case "EXRULE": throw .unsupported("EXRULE")
                default: throw .unknown(String(parsed.name.prefix(16)))
                }
            } catch {
                problem = problem ?? error
            }
        }
        for rule in rules where problem == nil {
            problem = RuleSupport.problem(of: rule)
        }
        self.lines = lines
        self.rules = rules
        self.additions = additions
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
