extension JSONNode {
    /// Applies a merge patch (RFC 7396).
    ///
    /// Members of a patch object are merged into the member of their key, `null` removes it, and anything else, an
    /// array included, takes the place of what was there. Applying a patch twice is applying it once.
    package mutating func merge(_ patch: JSONNode) {
        guard case .object(let changes) = patch else {
            self = patch
            return
        }
        var target = object ?? JSONObject()
        for change in changes.members {
            guard change.value != .null else {
                target[change.key] = nil
                continue
            }
            var value = target[change.key] ?? .null
            value.merge(change.value)
            target[change.key] = value
        }
        self = .object(target)
    }

    /// The result of applying a merge patch (RFC 7396).
    package func merging(_ patch: JSONNode) -> JSONNode {
        var result = self
        result.merge(patch)
        return result
    }
}
