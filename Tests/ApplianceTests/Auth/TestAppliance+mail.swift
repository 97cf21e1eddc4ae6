import HTTP

@testable import Appliance

extension TestAppliance {
  /// The texts of all mails to an address, newest first.
  func mails(to address: String) async throws -> [String] {
    let contents = try await appliance.database.read { connection in
      try connection.query(
        "SELECT content FROM outbox WHERE recipient = ? ORDER BY id DESC", address, map: { $0.blob(0) })
    }
    return try contents.map { try Outbox.Content(sealed: $0, vault: appliance.vault).text }
  }

  /// The token in the newest mail to an address, once there are `count` mails; nil when they do not come.
  func mailedToken(to address: String, mails count: Int = 1) async throws -> String? {
    var token: String?
    _ = try await changes.wait(limit: 20) {
      let mails = try await mails(to: address)
      guard mails.count >= count, let newest = mails.first(where: { $0.contains("token=") }) else {
        return false
      }
      token = newest.firstMatch(of: /token=([A-Za-z0-9_-]+)/).map { String($0.1) }
      return true
    }
    return token
  }

  /// Waits until no job is due.
  func idle() async throws {
    _ = try await changes.wait {
      let waiting = try await appliance.database.read {
        try $0.scalar("SELECT count(*) FROM jobs WHERE kind = 'account.mail-link' AND status <> 'succeeded'")
      }
      return waiting == 0
    }
  }

  /// Outcomes and codes of an action's audit entries, newest first.
  func audited(_ action: String) async throws -> [String] {
    try await appliance.database.read { connection in
      try connection.query(
        "SELECT outcome || ' ' || code FROM audit WHERE action = ? ORDER BY id DESC", action,
        map: { $0.text(0).trimmed() })
    }
  }

  /// A second session of a person at another workstation.
  func again(_ username: String, at workstation: String) async throws -> TestClient {
    let there = client(at: workstation)
    let answer = try await there.post(
      "/api/auth/login",
      ["username": .string(username), "password": .string(Self.password), "takeover": true])
    guard let token = answer.json["token"]?.string else { throw TestClient.Broken(reason: answer.text) }
    return there.signedIn(token)
  }
}

extension TestClient {
  func patch(_ path: String, _ body: JSONValue) async throws -> Answer { try await send("PATCH", path, body) }
}
