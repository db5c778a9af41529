import CalendarCore

/// The colours that ids stand for (reference: Colors).
enum GooglePalette {
    /// The backgrounds of calendars; the first one has the id 1.
    static let calendar = [
        "#ac725e", "#d06b64", "#f83a22", "#fa573c", "#ff7537", "#ffad46", "#42d692", "#16a765", "#7bd148", "#b3dc6c",
        "#fbe983", "#fad165", "#92e1c0", "#9fe1e7", "#9fc6e7", "#4986e7", "#9a9cff", "#b99aff", "#c2c2c2", "#cabdbf",
        "#cca6ac", "#f691b2", "#cd74e6", "#a47ae2",
    ]

    /// The backgrounds of events; the first one has the id 1.
    static let event = [
        "#a4bdfc", "#7ae7bf", "#dbadff", "#ff887c", "#fbd75b", "#ffb878", "#46d6db", "#e1e1e1", "#5484ed", "#51b749",
        "#dc2127",
    ]

    /// The colour of text on a calendar in the list.
    static let entryText = "#000000"

    /// The whole palette as `colors.get` answers it.
    static let node: JSONNode = [
        "kind": "calendar#colors",
        "updated": "2012-02-14T00:00:00.000Z",
        "calendar": definitions(calendar),
        "event": definitions(event),
    ]

    private static func definitions(_ backgrounds: [String]) -> JSONNode {
        let members = backgrounds.enumerated().map { position, background in
            (
                key: String(position + 1),
                value: ["background": .string(background), "foreground": "#1d1d1d"] as JSONNode
            )
        }
        return .object(JSONObject(members))
    }

    /// The id of the calendar colour that comes nearest to a colour of one's own.
    static func nearest(to color: String) -> Int {
        func parts(_ text: String) -> [Int] {
            let number = Int(text.dropFirst(), radix: 16) ?? 0
            return [number >> 16, number >> 8 & 255, number & 255]
        }
        let wanted = parts(color)
        let distances = calendar.map { zip(parts($0), wanted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        return 1 + (distances.indices.min { distances[$0] < distances[$1] } ?? 0)
    }
}
