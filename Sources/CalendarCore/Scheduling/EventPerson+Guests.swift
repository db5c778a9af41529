extension [EventPerson] {
    /// The guests, each once, without the organizer.
    ///
    /// - Throws: `invalidArgument` for the field `guests` unless everybody has something like a mail address.
    func distinct(besides organizer: String? = nil) throws(CalendarError) -> [EventPerson] {
        guard allSatisfy({ $0.address.contains("@") }) else {
            throw CalendarError.invalidArgument("guests", "A guest's address is not a mail address.")
        }
        var seen = Set([organizer?.lowercased()].compactMap(\.self))
        return filter { seen.insert($0.address.lowercased()).inserted }
    }
}
