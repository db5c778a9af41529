#if SQLite
import Foundation

/// How a whole value is kept in one column: as JSON, whose dates and numbers come back as they were.
enum RowCoding {
    private static let encoder = JSONEncoder()
    private static let decoder = JSONDecoder()

    static func encode(_ value: some Encodable) throws -> Data {
        try encoder.encode(value)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ data: Data) throws -> Value {
        try decoder.decode(type, from: data)
    }
}
#endif
