import HTTP
import Mailer
import Store

/// Looks up the account of an address and mails it the requested link.
///
/// The request itself only enqueues this job, whether or not the account exists: neither its response nor its
/// duration reveals that.
struct MailLinkJob: JobKind {
  enum Wish: String, Sendable { case reset, verification }

  let name = "account.mail-link"
  let database: Database
  let queue: JobQueue
  let links: AccountLinks

  func ask(_ wish: Wish, for email: String, _ request: Request) async throws {
    var json = JSONWriter()
    json.object { json in
      json.field("wish", wish.rawValue)
      json.field("email", email.clipped(to: 254))
      json.field("address", request.peerAddress)
    }
    let arguments = String(decoding: json.bytes, as: UTF8.self)
    try await database.write { tx in
      try queue.enqueue(name, arguments: arguments, priority: .high, in: tx)
    }
  }

  func run(_ context: JobContext) async throws {
    let arguments = JSONValue(parsing: context.job.arguments) ?? .null
    let wish = arguments["wish"]?.string.flatMap(Wish.init)
    let email = arguments["email"]?.string ?? ""
    let address = arguments["address"]?.string ?? ""
    let job = context.job.id
    try await context.succeed { [self] tx in
      try tx.execute("UPDATE jobs SET arguments = '{}' WHERE id = ?", job)
      guard email.hasByte("@") else { return }
      switch wish {
      case .reset?:
        guard let account = try Account.find(login: email, in: tx), account.isActive else { return }
        try links.sendReset(to: account, in: tx)
        try Audit.record(
          .passwordResetRequested, actor: nil, subject: account, request: nil, details: address, in: tx)
      case .verification?:
        guard let account = try Self.waiting(email, in: tx), account.isActive else { return }
        try links.sendVerification(to: account, in: tx)
      case nil: return
      }
    }
  }

  /// The account for which this address awaits verification.
  private static func waiting(_ email: String, in tx: Transaction) throws -> Account? {
    if let account = try Account.find(login: email, in: tx) { return account.isVerified ? nil : account }
    let id = try tx.scalar(
      "SELECT id FROM users WHERE pending_email = ? COLLATE NOCASE ORDER BY id DESC LIMIT 1",
      Address.spelling(of: email))
    return try id.flatMap { try Account.find($0, in: tx) }
  }
}
