import HTTP

/// The folder of an account's copy of a message. Drafts are stored separately.
enum MessageFolder: String, Sendable, CaseIterable {
  case inbox, sent, archive, trash

  static let schema = Schema.enumeration(allCases.map(\.rawValue))

  /// Reads the folder in a body; nil when there is none. Throws for an unknown folder.
  init?(_ body: JSONValue) throws(FieldError) {
    guard let value = body["folder"] else { return nil }
    guard let folder = value.string.flatMap(MessageFolder.init(rawValue:)) else {
      let words = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw FieldError(
        "folder", "UNKNOWN_CHOICE",
        Sentence(fr: "Choisissez parmi : \(words).", en: "Choose one of: \(words)."))
    }
    self = folder
  }
}
