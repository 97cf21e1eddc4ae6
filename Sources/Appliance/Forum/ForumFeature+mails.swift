import HTTP
import Store

/// How often a person gets a mail about what is new.
extension ForumFeature {
  var mailRoutes: [Route] {
    let path = Self.path + "/mails"
    let wish = Schema.members(["period": .words(ForumMails.Period.self)])
    return [
      .get(path, .signedIn, "Get how often you get a mail about what is new", response: wish, mailPeriod),
      .put(
        path, .signedIn, "Choose how often you get a mail about what is new in what you follow",
        request: wish,
        response: wish, chooseMailPeriod
      ).checkingKinds(),
    ]
  }

  private func mailPeriod(_ request: Request) async throws -> Response {
    let account = try request.account()
    let word = try await database.read { connection in
      try connection.first("SELECT period FROM forum_mails WHERE user_id = ?", account.id) { $0.text(0) }
    }
    return Self.answer(word ?? ForumMails.Period.off.rawValue)
  }

  private func chooseMailPeriod(_ request: Request) async throws -> Response {
    let account = try request.account()
    guard let period = (try request.json())["period"]?.string.flatMap(ForumMails.Period.init) else {
      let words = ForumMails.Period.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure.invalid([
        FieldError(
          "period", "UNKNOWN_CHOICE",
          Sentence(fr: "Choisissez parmi\u{a0}: \(words).", en: "Choose one of: \(words)."))
      ])
    }
    try await database.write { tx in
      guard period != .off else {
        return _ = try tx.execute("DELETE FROM forum_mails WHERE user_id = ?", account.id)
      }
      // Whoever changes from one period to the other misses nothing in between.
      try tx.execute(
        """
        INSERT INTO forum_mails (user_id, period, number, due_at)
        SELECT ?, ?, last, ? FROM forum_numbers WHERE id = 1
        ON CONFLICT DO UPDATE SET period = excluded.period, due_at = excluded.due_at
          WHERE period <> excluded.period
        """, account.id, period.rawValue, tx.now + period.length)
    }
    return Self.answer(period.rawValue)
  }

  private static func answer(_ period: String) -> Response {
    .json { json in json.object { $0.field("period", period) } }
  }
}
