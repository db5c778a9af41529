/// The members under each key of an index; the usual single member costs no set of its own.
struct GroupedIDs<Key: Hashable, Member: Hashable> {
    private var single: [Key: Member] = [:]
    private var further: [Key: Set<Member>] = [:]

    /// The members under a key, in no order.
    subscript(key: Key) -> [Member] {
        guard let first = single[key] else { return [] }
        return [first] + (further[key] ?? [])
    }

    mutating func insert(_ member: Member, under key: Key) {
        guard let first = single.updateValue(member, forKey: key), first != member else { return }
        further[key, default: []].insert(first)
        further[key]?.remove(member)
    }

    mutating func remove(_ member: Member, under key: Key) {
        if single[key] == member {
            single[key] = further[key]?.popFirst()
        } else {
            further[key]?.remove(member)
        }
        if further[key]?.isEmpty == true { further[key] = nil }
    }
}
