import Mailer
import Store
import Synchronization

/// Sends the mails of the outbox, one at a time, and retries for a month unless the recipient is refused. While no server
/// is set, it waits.
final class OutboxWorker: Sendable {
  /// How long a mail is retried: 30 days, in milliseconds, so that an administrator can notice and fix a
  /// refusal by the server.
  static let patience: Int64 = 30 * 24 * 3600 * 1000
  /// The maximum delay between two attempts, in milliseconds.
  static let longestDelay: Int64 = 3_600_000
  /// Mails scheduled later than that, because the clock was set back.
  static let strandedSQL =
    "SELECT 1 FROM outbox WHERE status IN ('queued', 'sending') AND status = 'queued' AND next_at > ? LIMIT 1"

  /// The condition is written so that the partial index of unsent mail is used.
  static let dueSQL = """
    SELECT id, recipient, recipient_name, subject, content, machine_id, message_id, attempts, created_at, user_id
    FROM outbox WHERE status IN ('queued', 'sending') AND status = 'queued' AND next_at <= ?
    ORDER BY next_at, id LIMIT 1
    """

  private let clock: Clock
  private let log: Log
  private let database: Database
  private let vault: Vault
  private let outbox: Outbox
  private let site: Site
  /// For the settings it was made with.
  private let clients = Mutex<(settings: Configuration.MailSettings, client: SMTPClient)?>(nil)
  private let wakes: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation
  private let task = Mutex<[Task<Void, Never>]>([])

  /// A row that is due.
  private struct Due: Sendable {
    let id: Int64
    let recipient: String
    let recipientName: String
    let subject: String
    let content: [UInt8]
    let machineID: Int64?
    let messageID: String
    let attempts: Int
    let createdAt: Int64
    let userID: Int64?
  }

  init(site: Site, clock: Clock, log: Log, database: Database, vault: Vault, outbox: Outbox) {
    self.site = site
    self.clock = clock
    self.log = log
    self.database = database
    self.vault = vault
    self.outbox = outbox
    (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Resumes mails whose sending was interrupted. They keep their Message-ID, so that the receiving server
  /// can recognize a mail it accepted just before a crash.
  func start() async throws {
    outbox.attach { [waker] in waker.yield() }
    try await database.write { tx in
      try tx.execute(
        "UPDATE outbox SET status = 'queued' WHERE status IN ('queued', 'sending') AND status = 'sending'")
    }
    let serving = Task { await serve() }
    let ticking = Task { [waker] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(15))
        waker.yield()
      }
    }
    task.withLock { $0 = [serving, ticking] }
    waker.yield()
  }

  func stop() async {
    waker.finish()
    let tasks = task.withLock { $0 }
    for task in tasks { task.cancel() }
    clients.withLock { $0?.client }?.stop()
    for task in tasks { await task.value }
  }

  private func serve() async {
    for await _ in wakes where site.live.mail != nil {
      do {
        try await followClock()
        while !Task.isCancelled, let settings = site.live.mail, let due = try await next() {
          try await send(due, by: settings)
        }
      } catch {
        log.error("mail") { $0.field("error", error) }
      }
    }
  }

  /// Makes mails due that were postponed by a clock that was ahead and has been set back.
  private func followClock() async throws {
    let latest = clock.now() + Self.longestDelay
    guard try await database.read({ try $0.scalar(Self.strandedSQL, latest) }) != nil else {
      return
    }
    try await database.write { tx in
      try tx.execute(
        """
        UPDATE outbox SET next_at = ? WHERE status IN ('queued', 'sending') AND status = 'queued' AND next_at > ?
        """, tx.now, latest)
    }
  }

  /// The oldest due mail, marked as being sent.
  private func next() async throws -> Due? {
    let now = clock.now()
    let isDue = try await database.read {
      try $0.first(Self.dueSQL, now, map: { _ in true }) != nil
    }
    guard isDue else { return nil }
    return try await database.write { tx in
      let due = try tx.first(Self.dueSQL, tx.now) { row in
        Due(
          id: row.int64("id"), recipient: row.text("recipient"), recipientName: row.text("recipient_name"),
          subject: row.text("subject"),
          content: row.blob("content"), machineID: row.optionalInt64("machine_id"),
          messageID: row.text("message_id"),
          attempts: row.int("attempts"), createdAt: row.int64("created_at"),
          userID: row.optionalInt64("user_id"))
      }
      if let due {
        try tx.execute("UPDATE outbox SET status = 'sending', attempts = attempts + 1 WHERE id = ?", due.id)
      }
      return due
    }
  }

  /// The client of these settings; one of other settings finishes its mail.
  private func client(_ settings: Configuration.MailSettings) -> SMTPClient {
    clients.withLock { kept in
      if let kept, kept.settings == settings { return kept.client }
      kept?.client.stop()
      let made = SMTPClient(server: SMTPServer(settings))
      kept = (settings, made)
      return made
    }
  }

  private func send(_ due: Due, by settings: Configuration.MailSettings) async throws {
    do {
      let message = try await message(due, from: Address(settings.from))
      let answer = try await client(settings).send(message)
      await noteSent(due)
      log.info("mail") { line in
        line.field("id", due.id)
        line.field("answer", answer)
      }
    } catch let error as MailerError {
      try await postpone(due, error)
    } catch is VaultError {
      try await postpone(due, MailerError(kind: .permanent, message: "the mail cannot be decrypted"))
    }
  }

  /// Records that a mail was sent, retrying until it succeeds: otherwise the mail would be sent again after
  /// the next start.
  private func noteSent(_ due: Due) async {
    while true {
      do {
        return try await database.write { tx in
          try tx.execute(
            "UPDATE outbox SET status = 'sent', sent_at = ?, content = NULL, error = '' WHERE id = ?",
            tx.now, due.id)
        }
      } catch {
        log.error("mail") { line in
          line.field("sent", due.id)
          line.field("error", error)
        }
        do { try await Task.sleep(for: .seconds(1)) } catch { return }
      }
    }
  }

  /// Delays of 30 s, 1 min, 2 min … up to an hour; gives up after a month, or at once when the recipient is
  /// refused.
  private func postpone(_ due: Due, _ error: MailerError) async throws {
    log.warn("mail") { line in
      line.field("id", due.id)
      line.field("error", error)
    }
    let delay = min(Self.longestDelay, Int64(30_000) << Int64(min(due.attempts, 8)))
    try await database.write { tx in
      let isOver = error.kind == .permanent || tx.now + delay > due.createdAt + Self.patience
      try tx.execute(
        """
        UPDATE outbox SET status = ?, next_at = ?, error = ?, content = CASE WHEN ? THEN NULL ELSE content END
        WHERE id = ?
        """, isOver ? "failed" : "queued", tx.now + delay, "\(error)", isOver, due.id)
    }
  }

  private func message(_ due: Due, from: Address) async throws -> Message {
    let content = try Outbox.Content(sealed: due.content, vault: vault)
    var attachments = content.attachments.map {
      Attachment(name: $0.name, contentType: $0.type, bytes: Array($0.text.utf8))
    }
    if let machine = due.machineID {
      let key = try await database.read {
        try MachineKey.attachment(ofMachine: machine, owner: due.userID, vault: self.vault, in: $0)
      }
      if let (name, bytes) = key {
        attachments.insert(
          Attachment(name: name, contentType: "application/x-pem-file", bytes: bytes), at: 0)
      }
    }
    // A name that cannot be used in a mail header is omitted.
    let named = try? Address(email: due.recipient, name: due.recipientName)
    let to = try named ?? Address(email: due.recipient, name: nil)
    let domain = from.email.split(byte: "@").last.map { String($0) } ?? "obox"
    return Message(
      from: from, to: to, subject: due.subject,
      text: content.text, html: content.html, attachments: attachments,
      messageID: "\(due.messageID)@\(domain)", date: due.createdAt)
  }
}

extension SMTPServer {
  init(_ settings: Configuration.MailSettings) {
    let security: Security =
      switch settings.security {
      case .none: .none
      case .startTLSIfOffered: .startTLS(required: false)
      case .startTLS: .startTLS(required: true)
      case .tls: .tls
      }
    self.init(
      host: settings.host, port: settings.port, security: security, user: settings.login?.user,
      password: settings.login?.password)
  }
}
