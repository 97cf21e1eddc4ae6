import HTTP
import Store

extension HealthCheck {
  private static let minute: Int64 = 60_000
  private static let day: Int64 = 24 * 3600 * 1000

  /// What the outbox looks like.
  struct MailQueue: Sendable {
    let waiting: Int
    /// When the oldest waiting mail was written.
    let oldest: Int64?
    /// Why the server did not take a waiting mail.
    let reason: String?
    /// Mails given up in the last day.
    let failed: Int
    let failure: String?

    static let waitingSQL =
      "SELECT count(*), min(created_at) FROM outbox WHERE status IN ('queued', 'sending')"
    static let reasonSQL =
      "SELECT error FROM outbox WHERE status IN ('queued', 'sending') AND error <> '' ORDER BY next_at LIMIT 1"
    static let failedSQL = """
      SELECT count(*) FROM outbox
      WHERE status IN ('sent', 'failed', 'local') AND status = 'failed' AND created_at > ?
      """
    static let failureSQL = """
      SELECT error FROM outbox
      WHERE status IN ('sent', 'failed', 'local') AND status = 'failed' AND created_at > ?
      ORDER BY created_at DESC LIMIT 1
      """

    init(now: Int64, in connection: Connection) throws {
      let found = try connection.first(Self.waitingSQL) { ($0.int(0), $0.optionalInt64(1)) }
      (waiting, oldest) = found ?? (0, nil)
      reason = try connection.first(Self.reasonSQL) { $0.text(0) }
      let since = now - HealthCheck.day
      failed = Int(clamping: try connection.scalar(Self.failedSQL, since) ?? 0)
      failure = try connection.first(Self.failureSQL, since) { $0.text(0) }
    }
  }

  /// Whether mail leaves the outbox.
  static func mail(_ database: Database, clock: Clock, isLocal: Bool) -> HealthCheck {
    HealthCheck(
      "mail", Sentence(fr: "E-mails à envoyer", en: "Outgoing mail"),
      figures: [
        Figure(name: "obox_mail_waiting", help: "Mails waiting to be sent"),
        Figure(name: "obox_mail_oldest_seconds", help: "Age of the oldest mail waiting to be sent"),
        Figure(name: "obox_mail_failed_last_day", help: "Mails of the last 24 hours that were given up"),
      ]
    ) {
      let now = clock.now()
      let queue = try await database.read { try MailQueue(now: now, in: $0) }
      let age = queue.oldest.map { max(0, now - $0) } ?? 0
      return finding(of: queue, age: age, isLocal: isLocal).on(page: "/mailbox")
        .with("obox_mail_waiting", Double(queue.waiting))
        .with("obox_mail_oldest_seconds", Double(age / 1000))
        .with("obox_mail_failed_last_day", Double(queue.failed))
    }
  }

  private static func finding(of queue: MailQueue, age: Int64, isLocal: Bool) -> HealthFinding {
    if isLocal { return notSetUp }
    if age > 15 * minute { return stuck(queue, age: age) }
    if queue.failed > 0 { return failed(queue) }
    guard queue.waiting > 0 else {
      return .ok(Sentence(fr: "Aucun e-mail en attente.", en: "No mail is waiting."))
    }
    return .ok(Sentence(fr: "En attente : \(queue.waiting).", en: "Waiting: \(queue.waiting)."))
  }

  private static let notSetUp = HealthFinding.ok(
    Sentence(
      fr: "Aucun serveur SMTP : les e-mails restent dans la boîte d’envoi.",
      en: "No SMTP server: mail stays in the mailbox."))

  private static func stuck(_ queue: MailQueue, age: Int64) -> HealthFinding {
    let hours = age / (60 * minute)
    let length =
      hours < 1
      ? Sentence(fr: "\(age / minute) min", en: "\(age / minute) min")
      : Sentence(fr: "\(hours) h", en: "\(hours) h")
    return HealthFinding(
      age > day ? .broken : .attention,
      Sentence(
        fr: "En attente : \(queue.waiting), le plus ancien depuis \(length.fr).",
        en: "Waiting: \(queue.waiting), the oldest for \(length.en)."),
      advice: Sentence(
        fr: "Vérifiez le serveur SMTP (EMAIL_HOST, EMAIL_USER, EMAIL_PASS). OBox réessaie automatiquement.",
        en: "Check the SMTP server (EMAIL_HOST, EMAIL_USER, EMAIL_PASS). OBox retries automatically.")
    ).detailed(queue.reason)
  }

  private static func failed(_ queue: MailQueue) -> HealthFinding {
    HealthFinding.attention(
      Sentence(
        fr: "E-mails abandonnés depuis 24 h : \(queue.failed).",
        en: "Mails given up in the last 24 hours: \(queue.failed)."),
      advice: Sentence(
        fr: "Vérifiez les adresses des destinataires.", en: "Check the recipients’ addresses.")
    ).detailed(queue.failure)
  }
}
