import CalendarCore

/// The host's marks, as private extended properties under this SDK's prefix, and the mark of a created event.
///
/// Private properties belong to one copy of an event, so guests never see them (guide "Extended properties"). Those of
/// other applications are neither read nor touched.
struct HostTagMapping {
    let markers: MarkerNames

    func read(_ row: JSONRow, into content: inout EventContent) {
        guard let properties = row["extendedProperties"]?["private"] else { return }
        for (key, value) in properties.members {
            if let tag = markers.tag(key), let text = value.string { content.hostTags[tag] = text }
        }
    }

    func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        let tags = kept(content.hostTags)
        body.object("extendedProperties") { writer in
            writer.object("private") { writer in
                if case .insert(let key) = purpose {
                    writer.key(markers.operation)
                    writer.element(key.rawValue)
                }
                for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
                    writer.key(markers.tagPrefix + key)
                    writer.element(value)
                }
                // The service merges keys, so those that went away are named.
                if case .patch(let update) = purpose {
                    for key in kept(update.base.hostTags).keys.sorted() where tags[key] == nil {
                        writer.key(markers.tagPrefix + key)
                        writer.nullElement()
                    }
                }
            }
        }
    }

    func canonicalize(_ content: inout EventContent) {
        content.hostTags = kept(content.hostTags)
    }

    func losses(_ content: EventContent) -> [String] {
        kept(content.hostTags).count < content.hostTags.count
            ? ["A tag whose key or value is too long is left out."] : []
    }

    private func kept(_ tags: [String: String]) -> [String: String] {
        tags.isEmpty ? tags : tags.filter { markers.fits(key: $0.key, value: $0.value) }
    }
}
