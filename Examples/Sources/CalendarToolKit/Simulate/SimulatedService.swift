/// One of the two services that are simulated.
package enum SimulatedService: String, Decodable, Encodable, Sendable {
    case google
    case microsoft
}
