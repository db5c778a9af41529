import Foundation

/// The opening of a TLS 1.2 server with a certificate that no authority signed (RFC 5246 section 7.4).
///
/// With RSA key exchange nothing in it depends on the client, so it is a constant: the client judges the certificate
/// before it sends anything of the request. The certificate names 127.0.0.1 and is valid for a hundred years.
public enum UntrustedIdentity {
    /// The records: ServerHello, Certificate, ServerHelloDone.
    public static let opening: [UInt8] = {
        let random = [UInt8](repeating: 7, count: 32)
        let cipher: [UInt8] = [0x00, 0x9C]  // TLS_RSA_WITH_AES_128_GCM_SHA256
        let secureRenegotiation: [UInt8] = [0x00, 0x05, 0xFF, 0x01, 0x00, 0x01, 0x00]  // RFC 5746 section 3.6
        let hello = [0x03, 0x03] + random + [0] + cipher + [0] + secureRenegotiation
        let list = length(certificate.count, 3) + certificate
        return record(2, hello) + record(11, length(list.count, 3) + list) + record(14, [])
    }()

    private static func record(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        let message = [type] + length(body.count, 3) + body
        return [22, 0x03, 0x03] + length(message.count, 2) + message
    }

    private static func length(_ count: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }

    private static let certificate: [UInt8] = {
        let text = """
            MIIDHDCCAgSgAwIBAgIUfxK8ncdAXM5Ar3n5h8gCVBj9/NMwDQYJKoZIhvcNAQELBQAwFDESMBAGA1UEAwwJMTI3LjAuMC4xMCAX
            DTI2MTEyMTA3MTUwN1oYDzIxMjYxMDI4MDcxNTA3WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwggEiMA0GCSqGSIb3DQEBAQUAA4IB
            DwAwggEKAoIBAQDYoPbwJJyTfisVhafzEXmDejaTqtoBdicRamUOUCNMPOyNOsUHEak1N7ZqTVqe0ZAbz6/aD/AEf4tkSGFk9/Mt
            bcLf14LOpBoQ8apBcDOjrOOZJa0x51QGJV8VsSqftE+HdEyucIwDM3OJGN74EBNUro+yV+0QZ4ZUtiT7KZ8wPJlA10fZaPxuoVQG
            3AVHWiP5vhXkB7bP3gv4orPMJ1KfWW/hDYwbzNE3NSWbg45MVgHWFKewEqKA5r8drV/m/2lskrKFmVbr91cwKCrVLoLNeoyAlgLQ
            8tuMSrgnktxdQEFoig3Tqpi16+zQMT7YsmzKtK74Q3zkOjbwXfy4vq77AgMBAAGjZDBiMB0GA1UdDgQWBBT1KiOdxGFBol4aQgYv
            NJIiT6avSTAfBgNVHSMEGDAWgBT1KiOdxGFBol4aQgYvNJIiT6avSTAPBgNVHRMBAf8EBTADAQH/MA8GA1UdEQQIMAaHBH8AAAEw
            DQYJKoZIhvcNAQELBQADggEBAIsBE6TN0BagnqoCzc+Ix54tGbAogeyON7OAb5eZxjcvpQiTk+IUY+e76uH7B2z+hChunHHhbOAv
            YTIkmgSoC0T6cqqp1sBeafBsx2/T4R7IpPvveAwhjNbNvB1d7lgtTgAzSmVa2+r7k57hEbyEK7wrgvOJEmeSfQ9aBt/h6gKsgQ8y
            fZW/soeDX/2c+OAllSz15/uqz7Sr/FR15GT/SDiWrqwG1ZqMcBZRBlhHfUxb5L2+KvFg+xVNS2plOPBD3W4qvCysXbnRwQ1GVbri
            hu6fYCbt6Idfv4kGji17PC8oh9RAC8JNA0X3YROYZjhgfOsNZJiiInm/pxLDfWlN1h8=
            """
        return Array(Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data())
    }()
}
