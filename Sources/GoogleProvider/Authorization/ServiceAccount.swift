public import CalendarCore
public import Foundation

/// A service account of a Google Cloud project, which a Workspace administrator may let act for the domain's users.
///
/// Printing one shows nothing of it.
public struct ServiceAccount: Sendable {
    /// The account's own address, `client_email`.
    public let address: String
    /// The key's id, `private_key_id`; nil where the signer's service names it.
    public let keyID: String?
    let signer: AssertionSigner

    /// Creates a service account whose key is kept elsewhere, such as in a key management service.
    public init(address: String, keyID: String?, signer: AssertionSigner) {
        self.address = address
        self.keyID = keyID
        self.signer = signer
    }

    /// Reads the JSON key file that the Cloud console hands out.
    ///
    /// Its `token_uri` is not read: a key file must not decide where assertions are sent.
    ///
    /// - Parameters:
    ///   - keyFile: The file's bytes.
    ///   - crypto: The cryptography.
    /// - Throws: `CalendarError.configuration` naming the field that is missing or unusable, without its content.
    public init(keyFile: Data, crypto: any CryptoSuite) throws {
        guard let root = (try? JSONDocument(keyFile))?.root, root.kind == .object else {
            throw Self.unusable("keyFile", "The service account's key file is not a JSON object.")
        }
        func text(_ field: String) throws -> String {
            guard let value = root[field]?.string, !value.isEmpty else {
                throw Self.unusable(field, "The service account's key file has no \(field).")
            }
            return value
        }
        guard try text("type") == "service_account" else {
            throw Self.unusable("type", "The key file belongs to no service account.")
        }
        let address = try text("client_email")
        guard address.contains("@") else { throw Self.unusable("client_email", "The client_email is no address.") }
        let keyID = try text("private_key_id")
        let key = Secret(try text("private_key"))
        let signer: AssertionSigner
        do {
            signer = try AssertionSigner.key(key, crypto: crypto)
        } catch {
            throw Self.unusable("private_key", "The private_key is not a PKCS#8 private key in PEM form.")
        }
        self.init(address: address, keyID: keyID, signer: signer)
    }

    private static func unusable(_ field: String, _ message: String) -> CalendarError {
        CalendarError(.configuration, message, field: field, provider: .google)
    }
}

extension ServiceAccount: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that it is a service account, not which.
    public var description: String { "service account" }

    /// Says that it is a service account, not which.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
