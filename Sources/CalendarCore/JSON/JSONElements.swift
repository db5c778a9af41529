/// The elements of an array, in order; empty for a value of another kind.
package struct JSONElements: Collection, Sendable {
    /// A position among the elements.
    package struct Index: Comparable, Sendable {
        let node: Int

        package static func < (left: Index, right: Index) -> Bool { left.node < right.node }
    }

    let document: JSONDocument
    package let startIndex: Index
    package let endIndex: Index

    package func index(after position: Index) -> Index {
        Index(node: Int(document.tape[position.node].next))
    }

    package subscript(position: Index) -> JSONValue {
        precondition(position >= startIndex && position < endIndex, "position outside the array")
        return JSONValue(document: document, index: position.node)
    }
}

extension JSONValue {
    /// The elements of an array, in order; empty when this is no array.
    package var elements: JSONElements {
        let end = node.kind == .array ? Int(node.next) : index + 1
        return JSONElements(document: document, startIndex: .init(node: index + 1), endIndex: .init(node: end))
    }
}
