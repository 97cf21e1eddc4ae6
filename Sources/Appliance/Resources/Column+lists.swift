import HTTP
import Store

/// Values that are lists, and URLs of files.
extension Column {
  static let longestTag = 50
  private static let mostTags = 20
  private static let mostTargets = 500
  private static let mostReferences = 100
  private static let longestAddress = 2_000
  private static let mostObjectBytes = 16_384

  /// A list of words without duplicates. Older clients send null, or the list encoded as a JSON string.
  func tags(_ json: JSONValue) throws(FieldError) -> String {
    if json.isNull { return "[]" }
    let list = json.string.map { $0.isEmpty ? [] : JSONValue(parsing: $0)?.array } ?? json.array
    guard let list, list.count <= Self.mostTags else {
      throw wrong(
        "NOT_A_LIST", fr: "Une liste de \(Self.mostTags) mots au plus.",
        en: "A list of at most \(Self.mostTags) words.")
    }
    var words: [String] = []
    for element in list {
      guard let word = element.string?.trimmed(), !word.isInvisible, word.fits(Self.longestTag),
        word.unicodeScalars.allSatisfy({ $0.value >= 32 })
      else {
        throw wrong(
          "INVALID_TAG", fr: "Des mots de 1 à \(Self.longestTag) caractères.",
          en: "Words of 1 to \(Self.longestTag) characters.")
      }
      if !words.contains(word) { words.append(word) }
    }
    return Self.json(words)
  }

  /// "", the URL of an upload, or a web URL.
  func file(_ json: JSONValue) throws(FieldError) -> String {
    guard let text = json.string?.trimmed() else {
      throw wrong("NOT_TEXT", fr: "Un texte est attendu.", en: "Text is expected.")
    }
    let isAddress = text.isEmpty || UploadedFile.key(in: text) != nil || Self.isWebAddress(text)
    guard isAddress, text.utf8.count <= Self.longestAddress else {
      throw wrong(
        "NOT_AN_ADDRESS", fr: "Envoyez un fichier, ou indiquez une adresse https://.",
        en: "Upload a file, or enter an https:// address.")
    }
    return text
  }

  /// A list of such addresses, without duplicates. Older clients send null, or the list encoded as a JSON string.
  func files(_ json: JSONValue) throws(FieldError) -> String {
    if json.isNull { return "[]" }
    let list = json.string.map { $0.isEmpty ? [] : JSONValue(parsing: $0)?.array } ?? json.array
    guard let list, list.count <= AttachedFiles.most else {
      throw wrong(
        "NOT_A_LIST", fr: "Une liste de \(AttachedFiles.most) fichiers au plus.",
        en: "A list of at most \(AttachedFiles.most) files.")
    }
    var addresses: [String] = []
    for element in list {
      let address = try file(element)
      if !address.isEmpty, !addresses.contains(address) { addresses.append(address) }
    }
    return Self.json(addresses)
  }

  /// `http://` or `https://` and a host, without white space or control characters.
  static func isWebAddress(_ text: String) -> Bool {
    guard let prefix = ["https://", "http://"].first(where: { text.hasBytes(prefix: $0) }) else {
      return false
    }
    let rest = text.utf8.dropFirst(prefix.utf8.count)
    guard let first = rest.first, first != UInt8(ascii: "/") else { return false }
    return rest.allSatisfy { $0 > 32 && $0 != 127 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "<") }
  }

  func audience(_ json: JSONValue) throws(FieldError) -> String {
    guard let list = json.array, list.count <= Self.mostTargets else {
      throw wrong(
        "NOT_A_LIST", fr: "Une liste de \(Self.mostTargets) destinataires au plus.",
        en: "A list of at most \(Self.mostTargets) recipients.")
    }
    var targets: [String] = []
    for element in list {
      guard let target = element.string, Readership.isTarget(target) else {
        throw wrong(
          "UNKNOWN_AUDIENCE", fr: "Choisissez des personnes, des catégories, des rôles ou des services.",
          en: "Choose people, categories, roles or departments.")
      }
      if !targets.contains(target) { targets.append(target) }
    }
    return Self.json(targets)
  }

  /// Ids without duplicates. Whether their rows exist is checked when the row is written.
  func references(_ json: JSONValue) throws(FieldError) -> String {
    if json.isNull { return "[]" }
    guard let list = json.array, list.count <= Self.mostReferences else {
      throw wrong(
        "NOT_A_LIST", fr: "Une liste de \(Self.mostReferences) éléments au plus.",
        en: "A list of at most \(Self.mostReferences) items.")
    }
    var ids: [String] = []
    for element in list {
      guard let id = element.int64 ?? element.string.flatMap({ Int64(digits: $0) }), id > 0 else {
        throw unknownReference
      }
      if !ids.contains(String(id)) { ids.append(String(id)) }
    }
    return Self.json(ids)
  }

  func object(_ json: JSONValue) throws(FieldError) -> String {
    var text = JSONWriter()
    text.value(json)
    guard json.object != nil, text.bytes.count <= Self.mostObjectBytes else {
      throw wrong(
        "NOT_AN_OBJECT", fr: "Un objet JSON de \(Self.mostObjectBytes) octets au plus.",
        en: "A JSON object of at most \(Self.mostObjectBytes) bytes.")
    }
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private static func json(_ words: [String]) -> String {
    var json = JSONWriter()
    json.value(.array(words.map(JSONValue.string)))
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
