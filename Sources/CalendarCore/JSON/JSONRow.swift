package import Foundation

/// An object with many members of which most are asked for: they are found in one walk over it.
package struct JSONRow: Sendable {
    /// The object.
    package let object: JSONValue
    private let table: JSONNameTable
    /// The node of each name's value, in the order of the table; 0 where there is none, for that is the document's root.
    private let nodes: [UInt32]

    /// Walks over an object; a value of another kind has no members.
    package init(_ object: JSONValue, _ table: JSONNameTable) {
        self.object = object
        self.table = table
        var nodes = [UInt32](repeating: 0, count: table.count)
        object.document.forEachMember(ofObjectAt: object.index) { name, node, _ in
            if let place = table.place(of: name) { nodes[place] = UInt32(truncatingIfNeeded: node) }
        }
        self.nodes = nodes
    }

    /// The member of a name, the last one where it occurs more than once; any name may be asked for.
    package subscript(name: StaticString) -> JSONValue? {
        guard let place = place(of: name) else { return object[name] }
        return nodes[place] > 0 ? JSONValue(document: object.document, index: Int(nodes[place])) : nil
    }

    /// The text of a member; nil where it is no text.
    package func string(_ name: StaticString) -> String? {
        guard let place = place(of: name) else { return object[name]?.string }
        return nodes[place] > 0 ? object.document.string(at: Int(nodes[place])) : nil
    }

    /// The members that a condition keeps, as an object of the document's own bytes.
    ///
    /// - Parameter isKept: Asked with the place of the name in the table, nil for any other name, and the value's kind.
    /// - Returns: The object; empty bytes when no member is kept.
    package func members(keeping isKept: (_ place: Int?, JSONValue.Kind) -> Bool) -> Data {
        let document = object.document
        var kept: [UInt8] = []
        document.forEachMember(ofObjectAt: object.index) { name, node, bytes in
            guard isKept(table.place(of: name), document.tape[node].kind.jsonKind) else { return }
            let (key, value) = (document.tape[node - 1], document.tape[node])
            if kept.isEmpty { kept.reserveCapacity(512) }
            kept.append(UInt8(ascii: kept.isEmpty ? "{" : ","))
            kept += UnsafeBufferPointer(rebasing: bytes[Int(key.start)..<Int(key.end)])
            kept.append(UInt8(ascii: ":"))
            kept += UnsafeBufferPointer(rebasing: bytes[Int(value.start)..<Int(value.end)])
        }
        guard !kept.isEmpty else { return Data() }
        kept.append(UInt8(ascii: "}"))
        return Data(kept)
    }

    private func place(of name: StaticString) -> Int? {
        table.place(of: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}

extension JSONDocument {
    /// Calls a function with the name of each member, its value's node and the document's bytes.
    fileprivate func forEachMember(
        ofObjectAt index: Int,
        _ body: (UnsafeBufferPointer<UInt8>, Int, UnsafeBufferPointer<UInt8>) -> Void
    ) {
        tape.withUnsafeBufferPointer { tape in
            let object = tape[index]
            guard object.kind == .object else { return }
            bytes.withUnsafeBufferPointer { bytes in
                var position = index + 1
                while position < Int(object.next) {
                    let key = tape[position]
                    let name = UnsafeBufferPointer(rebasing: bytes[Int(key.start) + 1..<Int(key.end) - 1])
                    if key.kind == .escapedString {
                        JSONEscape.unescaped(ArraySlice(name)).withUnsafeBufferPointer { body($0, position + 1, bytes) }
                    } else {
                        body(name, position + 1, bytes)
                    }
                    position = Int(tape[position + 1].next)
                }
            }
        }
    }
}
