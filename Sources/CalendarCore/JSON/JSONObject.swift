/// The members of a JSON object in order, each key once.
package struct JSONObject: Hashable, Sendable {
    /// A key with its value.
    package struct Member: Hashable, Sendable {
        /// The key, without escapes.
        package let key: String
        /// The value.
        package var value: JSONNode
    }

    /// The members in order.
    package private(set) var members: [Member] = []

    /// Creates an object without members.
    package init() {}

    /// Creates an object from members in order; of members with one key the last value counts, at the first's place.
    package init(_ members: some Sequence<(key: String, value: JSONNode)>) {
        var positions: [[UInt8]: Int] = [:]
        for (key, value) in members {
            let bytes = Array(key.utf8)
            if let position = positions[bytes] {
                self.members[position].value = value
            } else {
                positions[bytes] = self.members.count
                self.members.append(Member(key: key, value: value))
            }
        }
    }

    /// The keys in order.
    package var keys: [String] { members.map(\.key) }

    /// The value of a key; linear in the number of members.
    ///
    /// Setting replaces the value where the member stands, or appends a member; setting nil removes it. Keys are
    /// compared byte by byte, as ``JSONValue`` does.
    package subscript(key: String) -> JSONNode? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): members.remove(at: position)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    private func position(of key: String) -> Int? {
        members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
    }
}
