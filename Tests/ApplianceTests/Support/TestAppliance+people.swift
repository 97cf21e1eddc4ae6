import HTTP
import Testing

@testable import Appliance

extension TestAppliance {
  /// The id of a person.
  func id(_ username: String) async throws -> Int64 {
    let id = try await appliance.database.read {
      try $0.scalar("SELECT id FROM users WHERE username = ?", username)
    }
    return try #require(id)
  }

  /// Delegates permissions to a person.
  func delegate(_ permissions: Permission..., to username: String) async throws {
    let id = try await id(username)
    try await appliance.database.write { [sessions = appliance.sessions] tx in
      for permission in permissions {
        try tx.execute(
          "INSERT INTO permissions (user_id, permission, created_at) VALUES (?, ?, ?)", id,
          permission.rawValue, tx.now)
      }
      try sessions.refresh(id, in: tx)
    }
  }

  /// The actions in the audit log, oldest first, repeated by their count, with the outcome of refused ones.
  func audited() async throws -> [String] {
    try await appliance.database.read { connection in
      try connection.query("SELECT action, outcome, count FROM audit ORDER BY id") { row in
        let word = row.text(1) == "ok" ? row.text(0) : "\(row.text(0)) refused"
        return Array(repeating: word, count: row.int(2))
      }.flatMap { $0 }
    }
  }

  /// The token in the newest mail to an address.
  func mailedToken(to address: String, as admin: TestClient) async throws -> String {
    let mails = try await admin.get("/api/mailbox?all=1").json.array ?? []
    let mail = try #require(mails.first { $0["to"]?.string == address }?["id"]?.string)
    let text = try #require(try await admin.get("/api/mailbox/\(mail)").json["text"]?.string)
    return String(try #require(text.firstMatch(of: /token=([A-Za-z0-9_-]+)/)?.1))
  }
}
