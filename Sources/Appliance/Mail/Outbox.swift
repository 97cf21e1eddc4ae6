import HTTP
import Store
import Synchronization

/// Writes mails in the transaction that causes them. Their content is encrypted until they are sent.
final class Outbox: Sendable {
  /// The content of a mail, with attachments other than a machine's key.
  struct Content: Sendable {
    struct Attachment: Sendable {
      let name: String
      let type: String
      let text: String
    }

    let text: String
    let html: String
    let attachments: [Attachment]
  }

  /// Binds the encryption to this use, so that the content cannot be decrypted elsewhere.
  static let purpose = "outbox"

  private let vault: Vault
  private let site: Site
  private let wakeUp = Mutex<(@Sendable () -> Void)?>(nil)

  init(vault: Vault, site: Site) {
    self.vault = vault
    self.site = site
  }

  /// Without a mail server, mail stays in the local mailbox.
  var isLocal: Bool { site.live.mail == nil }

  /// Has waiting mail sent now.
  func wake() { wakeUp.withLock { $0 }?() }

  func attach(wake: @escaping @Sendable () -> Void) {
    wakeUp.withLock { $0 = wake }
  }

  /// Writes a mail to a person in their language. `keyOf` is the machine whose private key is attached when
  /// the mail is sent; the key is not copied. `address` overrides the person's own.
  func enqueue(
    _ template: MailTemplate, to account: Account, at address: String? = nil, keyOf machine: Int64? = nil,
    in tx: Transaction
  ) throws {
    guard let address = address ?? account.email else { return }
    let mail = template.text(in: account.language, appliance: "OBox")
    let content = Content(
      text: mail.text, html: mail.html, attachments: attachments(of: template, in: account.language))
    let sealed = content.sealed(by: vault)
    try tx.execute(
      """
      INSERT INTO outbox (user_id, recipient, recipient_name, subject, content, machine_id, message_id,
        status, next_at, created_at, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, account.id, address, account.name, mail.subject, sealed, machine, RandomID.uuid(),
      isLocal ? "local" : "queued", tx.now, tx.now, isLocal ? tx.now : nil)
    tx.afterCommit { [self] in wakeUp.withLock { $0 }?() }
  }

  private func attachments(of template: MailTemplate, in language: Language) -> [Content.Attachment] {
    guard case .machineReady(_, let access, _, _, _) = template else { return [] }
    return [
      Content.Attachment(
        name: access.guideName(in: language), type: "text/plain; charset=utf-8",
        text: access.guide(in: language))
    ]
  }
}

extension Outbox.Content {
  /// The encrypted content, as stored.
  func sealed(by vault: Vault) -> [UInt8] {
    var json = JSONWriter(reserve: 4096)
    json.object { json in
      json.field("text", text)
      json.field("html", html)
      json.array("attachments") { json in
        for attachment in attachments {
          json.object { json in
            json.field("name", attachment.name)
            json.field("type", attachment.type)
            json.field("text", attachment.text)
          }
        }
      }
    }
    return vault.seal(json.bytes, purpose: Outbox.purpose)
  }

  /// Decrypts what `sealed` produced. Throws `VaultError` when it was modified or encrypted with another key.
  init(sealed: [UInt8], vault: Vault) throws(VaultError) {
    let json = JSONValue(parsing: try vault.open(sealed, purpose: Outbox.purpose)) ?? .null
    text = json["text"]?.string ?? ""
    html = json["html"]?.string ?? ""
    attachments = (json["attachments"]?.array ?? []).map { item in
      Attachment(
        name: item["name"]?.string ?? "", type: item["type"]?.string ?? "application/octet-stream",
        text: item["text"]?.string ?? "")
    }
  }
}
