import HTTP

/// A message to be posted, validated without the database.
struct Draft: Sendable {
  static let longest = 8000
  static let longestClientID = 64

  let text: String
  /// Chosen by the sender; a message with the same id is a retry.
  let clientID: String?
  let replyTo: Int64?
  /// URLs of uploads.
  let files: [String]

  static let schema = Schema.members(
    [:],
    optional: [
      "text": .described(
        "may be empty with files", .limited(.string, [("maxLength", .integer(Int64(longest)))])),
      "clientId": .described("idempotency key: the same value never posts twice", .text(1...longestClientID)),
      "replyTo": .described("ID of a message in this channel", .reference),
      "files": .described("fileUrl of each upload", .array(.string)),
    ])

  /// Parses `{text, clientId?, replyTo?, files?}`. Throws 400.
  init(_ body: JSONValue) throws(Failure) {
    text = try Draft.text(body["text"], mayBeEmpty: body["files"]?.array?.isEmpty == false)
    clientID = try Draft.clientID(body["clientId"])
    replyTo = try Reference("replyTo", of: body).id
    files = try Draft.files(body["files"])
  }

  init(text: String, clientID: String? = nil, replyTo: Int64? = nil, files: [String] = []) throws(Failure) {
    self.text = try Draft.text(.string(text), mayBeEmpty: !files.isEmpty)
    self.clientID = clientID
    self.replyTo = replyTo
    self.files = files
  }

  /// The text of a message: trimmed, without control characters except line breaks and tabs. Invisible text
  /// counts as empty.
  static func text(_ value: JSONValue?, mayBeEmpty: Bool = false) throws(Failure) -> String {
    guard let given = value?.string ?? (mayBeEmpty ? "" : nil) else { throw Failure.messageEmpty }
    let text = (given.utf8.contains(where: isControl) ? withoutControls(given) : given).trimmed()
    guard !text.isInvisible || mayBeEmpty else { throw Failure.messageEmpty }
    guard text.utf8.count <= longest || text.unicodeScalars.count <= longest else {
      throw Failure.messageTooLong
    }
    return text.isInvisible ? "" : text
  }

  private static func clientID(_ value: JSONValue?) throws(Failure) -> String? {
    switch value {
    case nil, .null?: return nil
    case .string(let text)?:
      guard !text.isEmpty, text.unicodeScalars.count <= longestClientID else { throw Failure.clientIDInvalid }
      return text
    default: throw Failure.clientIDInvalid
    }
  }

  private static func files(_ value: JSONValue?) throws(Failure) -> [String] {
    switch value {
    case nil, .null?: return []
    case .array(let elements)?:
      let urls = elements.compactMap(\.string)
      guard urls.count == elements.count else { throw Failure.fileNotFound }
      guard urls.count <= ChatFiles.mostPerMessage else { throw Failure.tooManyFiles }
      return urls
    default: throw Failure.fileNotFound
    }
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F
  }

  private static func withoutControls(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in text.unicodeScalars {
      // A carriage return without a line feed is a line break, too.
      if wasReturn, scalar != "\n" { kept.append("\n") }
      wasReturn = scalar == "\r"
      if !wasReturn, scalar.value > 0x7F || !isControl(UInt8(scalar.value)) { kept.append(scalar) }
    }
    return String(kept)
  }
}
