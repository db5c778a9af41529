/// Names of members that are looked for in many objects; a name is found by its bytes without a walk over all of them.
package struct JSONNameTable: Sendable {
    private let names: [StaticString]
    /// The place of a name in the slot that its bytes mark, or in the next free one; -1 in a free slot.
    private let slots: [Int]

    /// Creates a table of different names.
    package init(_ names: [StaticString]) {
        self.names = names
        var size = 16
        while size < names.count * 4 { size *= 2 }
        var slots = [Int](repeating: -1, count: size)
        for (place, name) in names.enumerated() {
            var slot = Self.mark(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
            while slots[slot & (size - 1)] >= 0 { slot += 1 }
            slots[slot & (size - 1)] = place
        }
        self.slots = slots
    }

    /// How many names there are.
    package var count: Int { names.count }

    /// The place of a name in the list that the table was made of; nil for any other name.
    package func place(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        slots.withUnsafeBufferPointer { slots in
            names.withUnsafeBufferPointer { names in
                var slot = Self.mark(name)
                while true {
                    let place = slots[slot & (slots.count - 1)]
                    guard place >= 0 else { return nil }
                    if names[place].isEqual(to: name) { return place }
                    slot += 1
                }
            }
        }
    }

    private static func mark(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        guard let first = name.first, let last = name.last else { return 0 }
        return name.count &* 5 ^ Int(first) ^ Int(last) &<< 2 ^ Int(name[name.count / 2]) &<< 4
    }
}

extension StaticString {
    fileprivate func isEqual(to name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard utf8CodeUnitCount == name.count else { return false }
        for index in 0..<name.count where utf8Start[index] != name[index] { return false }
        return true
    }
}
