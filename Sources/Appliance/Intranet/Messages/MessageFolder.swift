import HTTP

/// Where somebody's copy of a message lies. Drafts are no messages yet.
enum MessageFolder: String, Sendable, CaseIterable {
  case inbox, sent, archive, trash

  static let schema = Schema.enumeration(allCases.map(\.rawValue))

  /// Reads the folder that a body names. Throws what is wrong with it; nil where it names none.
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
