import HTTP
import Store

/// The mailbox on the page, and sending of the outbox.
struct MailFeature: Feature {
  let site: Site
  let database: Database
  let vault: Vault
  let outbox: Outbox
  let worker: OutboxWorker

  var routes: [Route] {
    [
      .get(
        "/api/mailbox", .signedIn, "List your mail; all mail with ?all=1 for administrators",
        response: .array(Mail.schema), list
      ).reading(QueryParameter.paging + [.flag("all", "1: the mail of everyone, for administrators")]),
      .get(
        "/api/mailbox/:id", .signedIn, "Get a mail and its attachments", response: Self.contentSchema, get),
      .get("/api/mailbox/:id/attachments/:index", .signedIn, "Download an attachment", attachment)
        .producing("*/*"),
    ]
  }

  private static let contentSchema =
    Mail.schema
    + Schema.members([
      "text": .optional(.string), "html": .optional(.string),
      "attachments": .array(
        .members([
          "index": .integer, "name": .string, "size": .described("bytes", .integer), "type": .string,
          "withheld": .boolean,
        ])),
    ])

  var jobs: [any JobKind] { [TidyOutbox()] }

  func start() async throws { try await worker.start() }
  func stop() async { await worker.stop() }

  /// A row of the outbox with its decrypted content, if it could be decrypted.
  private struct Mail: Sendable {
    let id: Int64
    let userID: Int64?
    let to: String
    let subject: String
    let status: String
    let attempts: Int
    let error: String
    let createdAt: Int64
    let sentAt: Int64?
    let machineID: Int64?
    let content: [UInt8]?

    static let columns =
      "id, user_id, recipient, subject, status, attempts, error, created_at, sent_at, machine_id"

    init(_ row: Row) {
      id = row.int64("id")
      userID = row.optionalInt64("user_id")
      to = row.text("recipient")
      subject = row.text("subject")
      status = row.text("status")
      attempts = row.int("attempts")
      error = row.text("error")
      createdAt = row.int64("created_at")
      sentAt = row.optionalInt64("sent_at")
      machineID = row.optionalInt64("machine_id")
      content = row.optionalBlob("content")
    }

    static let schema = Schema.members([
      "id": .id, "to": .string, "subject": .string, "status": .string, "attempts": .integer, "error": .string,
      "createdAt": .time, "sentAt": .optional(.time),
    ])

    func writeFields(to json: inout JSONWriter) {
      json.id("id", id)
      json.field("to", to)
      json.field("subject", subject)
      json.field("status", status)
      json.field("attempts", attempts)
      json.field("error", error)
      json.time("createdAt", createdAt)
      json.time("sentAt", sentAt)
    }
  }

  static let ownList =
    "SELECT \(Mail.columns), NULL AS content FROM outbox WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ?"
  static let allList =
    "SELECT \(Mail.columns), NULL AS content FROM outbox WHERE id < ? ORDER BY id DESC LIMIT ?"

  private func list(_ request: Request) async throws -> Response {
    let account = try request.account()
    let page = try Paging(request)
    let isForAll = try request.query.flag("all") && account.role == .admin
    let found = try await database.read { connection in
      isForAll
        ? try connection.page(Self.allList, [page.before], limit: page.limit, map: Mail.init)
        : try connection.page(Self.ownList, [account.id, page.before], limit: page.limit, map: Mail.init)
    }
    return .page(found) { mail, json in
      json.object { json in
        mail.writeFields(to: &json)
      }
    }
  }

  private func get(_ request: Request) async throws -> Response {
    // Not with an API token: a mail may contain a link or key that allows more than the token.
    let account = try request.interactive().account
    let mail = try await mail(request)
    let content = content(of: mail, for: account)
    let attachments = try await attachments(of: mail, content, for: account)
    return .json { json in
      json.object { json in
        mail.writeFields(to: &json)
        json.field("text", content?.text)
        json.field("html", content?.html)
        json.array("attachments") { json in
          for (index, item) in attachments.enumerated() {
            json.object { json in
              json.field("index", index)
              json.field("name", item.name)
              json.field("size", item.bytes?.count ?? 0)
              json.field("type", item.type)
              json.field("withheld", item.bytes == nil)
            }
          }
        }
      }
    }
  }

  private func attachment(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    let mail = try await mail(request)
    let attachments = try await attachments(of: mail, content(of: mail, for: account), for: account)
    guard let index = Int(request.parameter("index")), attachments.indices.contains(index) else {
      throw Failure.notFound
    }
    guard let bytes = attachments[index].bytes else { throw Failure.forbidden }
    var response = Response.bytes(bytes, contentType: attachments[index].type)
    response.add("Content-Disposition", "attachment; filename=\"\(attachments[index].name)\"")
    return response
  }

  /// The mail named by the path, if the reader is its recipient or an admin. Throws 404.
  private func mail(_ request: Request) async throws -> Mail {
    let account = try request.account()
    guard let id = Int64(request.parameter("id")),
      let mail = try await database.read({ connection in
        try connection.first(
          "SELECT \(Mail.columns), content FROM outbox WHERE id = ?", id, map: Mail.init)
      }), mail.userID == account.id || account.role == .admin
    else { throw Failure.notFound }
    return mail
  }

  /// The content of a mail, which may contain a link that opens an account. When mail is really sent, only
  /// its recipient may read it here.
  private func content(of mail: Mail, for reader: Account) -> Outbox.Content? {
    let isAdminOfBox = outbox.isLocal && reader.role == .admin
    // Reading a mail to an unverified address here would allow verifying it without receiving it.
    let isUnproven = mail.to.lowercased() == reader.pendingEmail?.lowercased()
    guard isAdminOfBox || mail.userID == reader.id && !isUnproven else { return nil }
    return mail.content.flatMap { try? Outbox.Content(sealed: $0, vault: vault) }
  }

  /// The attachments; a private key without its bytes, except for the recipient.
  private func attachments(
    of mail: Mail, _ content: Outbox.Content?, for reader: Account
  ) async throws -> [(name: String, type: String, bytes: [UInt8]?)] {
    guard let content else { return [] }
    var list: [(name: String, type: String, bytes: [UInt8]?)] = []
    if let machine = mail.machineID {
      let key = try await database.read {
        try MachineKey.attachment(ofMachine: machine, owner: mail.userID, vault: vault, in: $0)
      }
      if let (name, bytes) = key {
        list.append((name, "application/x-pem-file", mail.userID == reader.id ? bytes : nil))
      }
    }
    return list + content.attachments.map { ($0.name, $0.type, Array($0.text.utf8)) }
  }
}

/// Deletes mails 90 days after they were written.
struct TidyOutbox: JobKind {
  static let kept: Int64 = 90 * 24 * 3600 * 1000

  let name = "mail.tidy"
  let period: Int64? = 24 * 3600 * 1000

  func run(_ context: JobContext) async throws {
    try await context.succeed { tx in
      try tx.execute(
        "DELETE FROM outbox WHERE status IN ('sent', 'failed', 'local') AND created_at < ?",
        tx.now - Self.kept)
    }
  }
}
