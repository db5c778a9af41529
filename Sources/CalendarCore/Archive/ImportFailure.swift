/// Why an import was refused; the raw value is the `reason` of the error (requirement M-53).
///
/// The error's `field` names the line, counted from 1, and what it is: `lines[7].record`.
public enum ImportFailure: String, Sendable, CaseIterable {
    /// It is no export of this library, or of another tenant, or of a person.
    case foreign
    /// A newer version of this library wrote it.
    case newer
    /// A line cannot be read, or contradicts an earlier one.
    case broken
    /// Lines are missing at the end or in between.
    case incomplete
    /// The tenant has data already.
    case notEmpty
}

extension ImportFailure {
    /// The error to throw.
    func error(_ field: String) -> CalendarError {
        let code: CalendarError.Code = self == .notEmpty ? .conflict : .invalidArgument
        return CalendarError(code, message, field: field, reason: rawValue)
    }

    private var message: String {
        switch self {
        case .foreign: "This is no export of the tenant by swift-calendar."
        case .newer: "The export was written by a newer version of swift-calendar."
        case .broken: "The export has a line that cannot be read or contradicts another one."
        case .incomplete: "The export has lost lines."
        case .notEmpty: "An export is imported into an empty tenant only."
        }
    }
}
