import CalendarCore

/// Zone names between IANA, which the SDK computes with, and Windows, which Graph answers with.
enum ZoneMapping {
    /// The name to send, or nil when times have to be sent as UTC readings.
    ///
    /// Unknown zones compute as UTC, and fixed offsets have no name that Graph knows.
    static func name(of zone: EventZone) -> String? {
        guard zone.isKnown else { return nil }
        if zone.identifier == "UTC" { return "UTC" }
        if let name = WindowsZones.windows(forIANA: zone.identifier) { return name }
        return zone.identifier.contains("/") ? zone.identifier : nil
    }

    /// The zone in the form that comparison uses: the one that reading the sent name gives.
    static func canonical(_ zone: EventZone) -> EventZone {
        name(of: zone).map { EventZone($0) } ?? .utc
    }

    /// The zone an event was made in.
    ///
    /// - Parameters:
    ///   - name: The name Graph answers; nil or empty when it says none.
    ///   - kept: The IANA name the SDK kept; it wins while it still stands for the same Windows name.
    ///   - fallback: The zone when no name is said.
    /// - Returns: The zone; one that is unknown computes as UTC.
    static func read(_ name: String?, kept: String?, fallback: EventZone) -> EventZone {
        guard let name, !name.isEmpty else { return fallback }
        let zone = EventZone(name)
        guard let kept, let windows = WindowsZones.windows(forIANA: kept),
            windows == WindowsZones.windows(forIANA: zone.identifier)
        else { return zone }
        return EventZone(identifier: kept, windowsName: zone.windowsName)
    }
}
