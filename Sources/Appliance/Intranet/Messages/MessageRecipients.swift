import HTTP
import Store

/// The recipients of a message, read from a request body.
struct MessageRecipients: Sendable {
  static let most = 100

  /// In the order given, without duplicates.
  private(set) var ids: [Int64] = []
  /// The field of the body that errors refer to.
  private(set) var field = "recipientId"

  /// Reads `recipientId` and `recipientIds`; ids are strings or numbers. Throws for invalid ids and too many.
  init(_ body: JSONValue) throws(FieldError) {
    var named: [JSONValue] = []
    if let list = body["recipientIds"], !list.isNull {
      field = "recipientIds"
      guard let list = list.array else { throw unknown }
      named = list
    }
    if let one = body["recipientId"], !one.isNull, one.string != "" {
      if named.isEmpty { field = "recipientId" }
      named.insert(one, at: 0)
    }
    guard named.count <= Self.most else {
      throw FieldError(
        field, "TOO_MANY_RECIPIENTS",
        Sentence(fr: "\(Self.most) destinataires maximum.", en: "\(Self.most) recipients maximum."))
    }
    for value in named {
      guard let id = value.int64 ?? value.string.flatMap({ Int64(digits: $0) }), id > 0 else { throw unknown }
      if !ids.contains(id) { ids.append(id) }
    }
  }

  /// Whether a body contains either field.
  static func isNamed(in body: JSONValue) -> Bool {
    body["recipientIds"] != nil || body["recipientId"] != nil
  }

  /// The recipients' names by id. Throws 400 if one of them is unknown or inactive.
  func names(in connection: Connection) throws -> [Int64: String] {
    let found = try connection.query(
      """
      SELECT id, coalesce(nullif(name, ''), username) FROM users
      WHERE id IN (SELECT value FROM json_each(?)) AND is_active = 1 AND is_approved = 1
      """, Notifications.list(ids)
    ) { ($0.int64(0), $0.text(1)) }
    guard found.count == ids.count else { throw Failure.invalid([unknown]) }
    return Dictionary(found) { first, _ in first }
  }

  var required: FieldError {
    FieldError(
      field, "REQUIRED",
      Sentence(fr: "Indiquez au moins un destinataire.", en: "Enter at least one recipient."))
  }

  private var unknown: FieldError {
    FieldError(
      field, "UNKNOWN_RECIPIENT",
      Sentence(
        fr: "Ce destinataire n’existe pas ou n’est plus actif.",
        en: "This recipient does not exist or is no longer active."))
  }
}
