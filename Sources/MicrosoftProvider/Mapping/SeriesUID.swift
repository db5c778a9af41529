import CalendarCore

/// The iCalendar UID as all occurrences of a series share it.
///
/// Exchange's own are hexadecimal, and some answers put the day of the occurrence into the four bytes behind the first
/// sixteen, which are zero in the master's ([MS-OXOCAL] section 2.2.1.27).
enum SeriesUID {
    /// The first sixteen bytes of Exchange's own identifiers.
    private static let signature = "040000008200e00074c5b7101a82e008"

    /// The UID without the day of an occurrence; those of other services stay as they are.
    static func text(_ uid: String) -> String {
        guard uid.lowercased().hasPrefix(signature), uid.utf8.count >= 40 else { return uid }
        return uid.prefix(32) + "00000000" + uid.dropFirst(40)
    }
}
