import CalendarCore
import Foundation

/// The ids of items: a default form, an immutable form, and both with the date of an occurrence.
///
/// Clients must treat them as opaque; they are case-sensitive and contain `=`.
struct GraphEventID: Sendable {
    let key: String
    var date: CivilDate?
    /// How often the item had moved to another calendar; a default id dies with the next move.
    var moves = 0
    /// Whether it was written in the immutable form, which survives moves.
    var isImmutable = false

    static let keyLength = 24
    static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    init(key: String, date: CivilDate? = nil, moves: Int = 0) {
        self.key = key
        self.date = date
        self.moves = moves
    }

    init(_ text: String) throws(GraphFailure) {
        let rest = text.dropFirst(7)
        isImmutable = text.hasPrefix("AAkALgA")
        guard isImmutable || text.hasPrefix("AAMkAGQ"), rest.utf8.count > Self.keyLength + 3, rest.hasSuffix("=") else {
            throw .malformedID
        }
        key = String(rest.prefix(Self.keyLength))
        let tail = rest.suffix(4).dropLast().compactMap { Self.letters.firstIndex(of: $0) }
        guard tail.count == 3, tail[0] == 0 else { throw .malformedID }
        moves = tail[1] * Self.letters.count + tail[2]
        let middle = rest.dropFirst(Self.keyLength).dropLast(4)
        if middle.isEmpty { return }
        guard middle.hasPrefix("FRAAg"), let data = Base64URL.decode(String(middle.dropFirst(5))),
            let date = CivilDate(String(decoding: data, as: UTF8.self))
        else { throw .malformedID }
        self.date = date
    }

    func text(isImmutable: Bool) -> String {
        let count = isImmutable ? 0 : moves % (Self.letters.count * Self.letters.count)
        let tail = [0, count / Self.letters.count, count % Self.letters.count].map { Self.letters[$0] }
        let middle = date.map { "FRAAg" + Base64URL.encode(Data($0.basicText.utf8)) } ?? ""
        return (isImmutable ? "AAkALgA" : "AAMkAGQ") + key + middle + String(tail) + "="
    }

    /// The id that the immutable preference gives, which the control surface uses.
    var remoteID: RemoteEventID { RemoteEventID(text(isImmutable: true)) }
}
