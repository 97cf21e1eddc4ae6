import HTTP
import Store

/// An error report of a client, truncated and with control characters removed.
struct ClientError: Sendable {
  static let mostBytes = 500
  /// Maximum bytes of a field that may contain a stack trace or an object.
  static let mostLongBytes = 4000

  let clientID: String
  let clientVersion: String
  let platform: String
  let type: String
  let message: String
  let context: String
  let userMessage: String

  /// Any JSON: reports of faulty clients are accepted as they are.
  private static let anything = Schema.described("text; anything else is kept as JSON", .any)

  static let schema = Schema.members(
    [:],
    optional: [
      "clientId": anything, "clientVersion": anything, "platform": anything, "errorType": anything,
      "errorMessage": anything, "context": anything, "userMessage": anything,
    ])

  init(_ body: JSONValue) {
    func text(_ field: String, _ most: Int = Self.mostBytes) -> String {
      switch body[field] {
      case nil, .null?: ""
      case .string(let text)?: Self.tidy(text, most)
      case let value?:
        {
          var json = JSONWriter(reserve: 256)
          json.value(value)
          return Self.tidy(String(decoding: json.bytes, as: UTF8.self), most)
        }()
      }
    }
    clientID = text("clientId")
    clientVersion = text("clientVersion")
    platform = text("platform")
    type = text("errorType")
    message = text("errorMessage", Self.mostLongBytes)
    context = text("context", Self.mostLongBytes)
    userMessage = text("userMessage", Self.mostLongBytes)
  }

  /// Whether the report says nothing about the error.
  var isEmpty: Bool { type.isEmpty && message.isEmpty && userMessage.isEmpty }

  /// Reports with the same fingerprint count as repetitions.
  func fingerprint(of user: Int64?) -> [UInt8] {
    var digest = Digest()
    let parts = [user.map(String.init) ?? "", clientID, clientVersion, platform, type, message]
    for part in parts { Array((part + "\0").utf8).withUnsafeBytes { digest.update($0) } }
    return digest.finished()
  }

  /// Truncates the text to `most` bytes at a character boundary and removes control characters except line
  /// breaks.
  static func tidy(_ text: String, _ most: Int) -> String {
    var scalars = String.UnicodeScalarView()
    var size = 0
    for scalar in text.unicodeScalars {
      size += UTF8.width(scalar)
      guard size <= most else { break }
      let isLine = scalar == "\n" || scalar == "\t"
      let isControl = scalar.properties.generalCategory == .control
      let isBidi = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      if isLine || !isControl && !isBidi { scalars.append(scalar) }
    }
    return String(scalars).trimmed()
  }
}
