import HTTP
import Store

/// A person's notification preferences.
struct NotificationPreferences: Sendable {
  let account: Account
  /// The person's choices; other kinds use `Notice.Kind.ways`.
  private var chosen: [Notice.Kind: Notice.Kind.Ways]

  static func find(_ account: Account, in connection: Connection) throws -> NotificationPreferences {
    let rows = try connection.query(
      "SELECT kind, on_page, in_browser, by_mail FROM notification_preferences WHERE user_id = ?", account.id
    ) { row in
      Notice.Kind(rawValue: row.text(0)).map { kind in
        (kind, Notice.Kind.Ways(page: row.bool(1), browser: row.bool(2), email: row.bool(3)))
      }
    }
    return NotificationPreferences(
      account: account, chosen: Dictionary(rows.compactMap { $0 }) { first, _ in first })
  }

  /// Applies the fields of a body; returns the changed kinds. Throws 400.
  mutating func apply(_ body: JSONValue) throws(Failure) -> [Notice.Kind] {
    guard let kinds = body["kinds"]?.array else { throw Self.invalid("kinds", "NOT_A_LIST", Self.notAList) }
    var changed: [Notice.Kind] = []
    for item in kinds {
      guard let kind = item["kind"]?.string.flatMap(Notice.Kind.init(rawValue:)) else {
        throw Self.invalid("kind", "UNKNOWN_KIND", Self.unknownKind)
      }
      var ways = self[kind]
      ways.page = try Self.flag("page", of: item) ?? ways.page
      ways.browser = try Self.flag("browser", of: item) ?? ways.browser
      ways.email = try Self.flag("email", of: item) ?? ways.email
      if ways != self[kind] { changed.append(kind) }
      chosen[kind] = ways
    }
    return changed
  }

  /// Stores the choice for a kind, and applies it to existing notifications.
  func keep(_ kind: Notice.Kind, in tx: Transaction) throws {
    let ways = self[kind]
    try tx.execute(
      """
      INSERT INTO notification_preferences (user_id, kind, on_page, in_browser, by_mail) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET on_page = excluded.on_page, in_browser = excluded.in_browser,
        by_mail = excluded.by_mail
      """, account.id, kind.rawValue, ways.page, ways.browser, ways.email)
    if !ways.email {
      try tx.execute(
        "UPDATE notifications SET mail_due_at = NULL WHERE \(Self.unread)", account.id, kind.rawValue)
    }
    if !ways.page {
      // Notifications waiting for a mail stay unread but leave the page; the others are marked as read.
      try tx.execute(
        """
        UPDATE notifications SET on_page = mail_due_at IS NULL,
          read_at = CASE WHEN mail_due_at IS NULL THEN ? END WHERE \(Self.unread)
        """, tx.now, account.id, kind.rawValue)
    }
  }

  static let answerSchema = Schema.members([
    "kinds": .array(
      .members([
        "kind": .words(Notice.Kind.self), "title": .string, "page": .boolean, "browser": .boolean,
        "email": .boolean,
      ]))
  ])

  func write(to json: inout JSONWriter, in language: Language) {
    json.object { json in
      json.array("kinds") { json in
        for kind in Notice.Kind.allCases where kind.right.map(account.has(right:)) ?? true {
          let ways = self[kind]
          json.object { json in
            json.field("kind", kind.rawValue)
            json.field("title", kind.title(language))
            json.field("page", ways.page)
            json.field("browser", ways.browser)
            json.field("email", ways.email)
          }
        }
      }
    }
  }

  subscript(kind: Notice.Kind) -> Notice.Kind.Ways { chosen[kind] ?? kind.ways }

  static let schema = Schema.members([
    "kinds": .array(
      .members(
        ["kind": .words(Notice.Kind.self)],
        optional: ["page": .boolean, "browser": .boolean, "email": .boolean]))
  ])

  private static let unread = "user_id = ? AND kind = ? AND read_at IS NULL"

  private static func flag(_ field: String, of item: JSONValue) throws(Failure) -> Bool? {
    guard let value = item[field] else { return nil }
    guard let flag = value.bool else { throw invalid(field, "NOT_A_BOOLEAN", notABoolean) }
    return flag
  }

  private static func invalid(_ field: String, _ code: String, _ sentence: Sentence) -> Failure {
    .invalid([FieldError(field, code, sentence)])
  }

  private static let notAList = Sentence(fr: "Envoyez une liste.", en: "Send a list.")
  private static let notABoolean = Sentence(fr: "Indiquez true ou false.", en: "Use true or false.")
  private static let unknownKind = Sentence(
    fr: "Choisissez une valeur parmi : \(Notice.Kind.allCases.map(\.rawValue).joined(separator: ", ")).",
    en: "Choose one of: \(Notice.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
}
