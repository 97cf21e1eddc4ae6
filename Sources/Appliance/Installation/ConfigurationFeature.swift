import HTTP
import Store

/// `/api/configuration`: those settings of the configuration that an administrator changes in daily life. The file, the
/// environment and the command line win.
struct ConfigurationFeature: Feature {
  let site: Site
  let clock: Clock
  let database: Database
  let hub: Hub
  let attempts: AttemptLimiter
  let outbox: Outbox
  let stored: PageSettings
  let certificates: CertificateKeeper

  var routes: [Route] {
    let path = "/api/configuration"
    let admin = Access.right("admin")
    return [
      .get(path, admin, "Get the configuration", response: Self.schema) { _ in try await answer() },
      .patch(
        path, admin, "Edit the configuration; null and \"\" bring back the default", request: Self.changes,
        response: Self.schema, change),
      .post(
        path + "/test-mail", admin, "Send a test email to yourself by the mail server that is set",
        response: Self.sent, sendTestMail),
    ]
  }

  private static let schema = Schema.members([
    "settings": .array(ConfigurationEntry.schema),
    "certificate": .optional(
      .members([
        "kind": .enumeration(["own", "files"]), "sha256": .string, "expiresAt": .time,
      ])),
  ])
  private static let changes = Schema.object(
    PageSettings.settings.map { ($0.rawValue, Schema.optional(.string), required: false) })
  private static let sent = Schema.members([
    "success": .boolean, "message": .string, "to": .string,
    "answer": .described("what the mail server said", .string),
  ])

  private func answer() async throws -> Response {
    let (set, allowed) = try await database.read { [site, stored] connection in
      (
        try Set(stored.stored(in: connection).keys),
        try AdminMachines.areAllowed(site.configuration, in: connection)
      )
    }
    let entries = ConfigurationEntry.all(of: site, onPage: set, adminMachines: allowed)
    let certificate = certificates.certificate
    return .json { json in
      json.object { json in
        json.array("settings") { json in for entry in entries { entry.write(to: &json) } }
        guard let certificate else { return json.field("certificate", .null) }
        json.object("certificate") { json in
          json.field("kind", certificates.isOwn ? "own" : "files")
          json.field("sha256", certificate.fingerprint)
          json.time("expiresAt", certificate.expiresAt)
        }
      }
    }
  }

  /// Not with an API token: whoever sets the mail server and the address in mails can read the links that are sent.
  private func change(_ request: Request) async throws -> Response {
    _ = try request.interactive()
    let body = try request.json()
    try await database.change(.systemSettingsChanged, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: "admin", in: tx)
      let change = try ConfigurationChange(body, of: stored.stored(in: tx), in: site)
      guard !change.names.isEmpty else { return }
      for (setting, text) in change.values { try stored.set(setting, to: text, in: tx) }
      try Audit.record(
        .systemSettingsChanged, actor: actor, on: Audit.Subject(type: "system-settings", id: 1, name: ""),
        request: request, details: change.names.joined(separator: " "), in: tx)
      let frame = Frame(text: Frames.encode("SETTINGS_CHANGED") { json in json.object { _ in } })
      tx.afterCommit { [self] in
        site.live.use(change.configuration)
        outbox.wake()
        hub.send(frame, to: Set(hub.present().map(\.id)))
      }
    }
    return try await answer()
  }

  private func sendTestMail(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    let key = "test-mail:\(account.id)"
    try attempts.check(key)
    attempts.fail(key, free: 10)
    let sent = try await TestMail(site: site, clock: clock).send(to: account)
    return .json { json in
      json.object { json in
        json.field("success", true)
        json.field(
          "message",
          Sentence(fr: "E-mail de test envoyé à \(sent.to).", en: "Test email sent to \(sent.to).")(
            request.language))
        json.field("to", sent.to)
        json.field("answer", sent.answer)
      }
    }
  }
}
