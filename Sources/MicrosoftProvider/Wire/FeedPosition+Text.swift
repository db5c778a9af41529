import CalendarCore
import Foundation

/// A position as the opaque text that the host keeps: one JSON object with links and instants, and nothing of events.
extension FeedPosition {
    /// The text of this place.
    var text: String {
        let object: JSONNode = [
            "window": Self.node(window),
            "at": .int(Int(chosenAt.millisecondsSinceEpoch)),
            "index": .int(index),
            "chains": .array(
                chains.map { chain in
                    var node = Self.node(chain.window)
                    if let link = chain.link { node["link"] = .string(link) }
                    if chain.isRetiring { node["retiring"] = .bool(true) }
                    return node
                }
            ),
        ]
        return String(decoding: object.bytes, as: UTF8.self)
    }

    /// Reads the text.
    ///
    /// - Throws: `CalendarError.cursorExpired` when it is not one of ours: only a full round helps then.
    init(_ text: String) throws {
        guard let root = try? JSONDocument(Array(text.utf8)).root, let window = Self.window(root["window"]),
            let at = root["at"]?.int, let index = root["index"]?.int,
            let chains = Self.chains(root["chains"]), chains.indices.contains(index)
        else {
            throw CalendarError(.cursorExpired, "The position in the change feed cannot be read.", provider: .microsoft)
        }
        self.init(
            chains: chains,
            index: index,
            window: window,
            chosenAt: Date(millisecondsSinceEpoch: Int64(at))
        )
    }

    private static func chains(_ list: JSONValue?) -> [Chain]? {
        guard let list, list.kind == .array else { return nil }
        var chains: [Chain] = []
        for node in list.elements {
            guard let window = window(node) else { return nil }
            chains.append(
                Chain(
                    window: window,
                    link: node["link"]?.string,
                    isRetiring: node["retiring"]?.bool ?? false
                )
            )
        }
        return chains
    }

    private static func node(_ window: SyncWindow) -> JSONNode {
        [
            "start": .int(Int(window.start.millisecondsSinceEpoch)),
            "end": .int(Int((window.end ?? window.start).millisecondsSinceEpoch)),
        ]
    }

    private static func window(_ node: JSONValue?) -> SyncWindow? {
        guard let start = node?["start"]?.int, let end = node?["end"]?.int else { return nil }
        return try? SyncWindow(
            start: Date(millisecondsSinceEpoch: Int64(start)),
            end: Date(millisecondsSinceEpoch: Int64(end))
        )
    }
}
