/// Compares two byte sequences in time that depends on their lengths only.
///
/// Used for states, cookies and channel tokens, where an early exit would tell an attacker how much was right.
@inline(never)
package func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    var difference = UInt(bitPattern: left.count ^ right.count)
    for index in 0..<min(left.count, right.count) {
        difference |= UInt(left[index] ^ right[index])
    }
    return difference == 0
}
