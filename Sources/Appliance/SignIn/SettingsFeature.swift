import HTTP
import Store

/// A person's preferences: language, theme, and further values stored by the page.
struct SettingsFeature: Feature {
  let database: Database
  let sessions: Sessions

  var routes: [Route] {
    [
      .get(Self.path, .signedIn, "Get your settings; 404 until first saved", response: Self.schema, get),
      .put(
        Self.path, .signedIn, "Edit your settings", request: Self.schema, response: Self.schema, change),
      .patch(
        Self.path, .signedIn, "Edit your settings", request: Self.schema, response: Self.schema, change),
      .post(
        Self.path, .signedIn, "Edit your settings", request: Self.schema, response: Self.schema, change),
    ]
  }

  private static let path = "/api/user/settings"

  /// Any JSON: the page alone reads it.
  private static let schema = Schema.described(
    "whatever a page keeps; `language` is fr or en, and null takes a setting away", .map(.any))

  private func get(_ request: Request) async throws -> Response {
    let id = try request.account().id
    let settings = try await database.read { try Self.stored(id, $0) }
    guard let settings else { throw Failure.notFound }
    return .json(200, bytes: Array(settings.utf8))
  }

  private func change(_ request: Request) async throws -> Response {
    let id = try request.account().id
    guard case .object(let changes) = try request.json() else {
      throw Failure.invalid([
        FieldError(
          field: "", code: "NOT_AN_OBJECT",
          sentence: Sentence(fr: "Envoyez un objet JSON.", en: "Send a JSON object."))
      ])
    }
    let language = changes["language"]?.string
    if let given = changes["language"], given != .null, language.flatMap(Language.init(rawValue:)) == nil {
      throw Self.unknownLanguage
    }
    let saved = try await database.write { [sessions] tx in
      var settings: [String: JSONValue] = [:]
      if let text = try Self.stored(id, tx), case .object(let old) = JSONValue(parsing: text) {
        settings = old
      }
      for (name, value) in changes { settings[name] = value == .null ? nil : value }
      var json = JSONWriter()
      json.value(JSONValue.object(settings))
      guard json.bytes.count <= 16_384 else { throw Failure.tooLarge }
      try tx.execute(
        "INSERT INTO user_settings VALUES (?, ?) ON CONFLICT DO UPDATE SET settings = excluded.settings",
        id, String(decoding: json.bytes, as: UTF8.self))
      if let language {
        try tx.execute("UPDATE users SET language = ?, updated_at = ? WHERE id = ?", language, tx.now, id)
        try sessions.refresh(id, in: tx)
      }
      return json.bytes
    }
    return .json(200, bytes: saved)
  }

  static func exist(for id: Int64, _ connection: Connection) throws -> Bool {
    try connection.scalar("SELECT 1 FROM user_settings WHERE user_id = ?", id) != nil
  }

  private static func stored(_ id: Int64, _ connection: Connection) throws -> String? {
    try connection.first("SELECT settings FROM user_settings WHERE user_id = ?", id, map: { $0.text(0) })
  }

  private static let unknownLanguage = Failure.invalid([
    FieldError(
      field: "language", code: "UNKNOWN_LANGUAGE",
      sentence: Sentence(fr: "Choisissez « fr » ou « en ».", en: "Choose \"fr\" or \"en\"."))
  ])
}
