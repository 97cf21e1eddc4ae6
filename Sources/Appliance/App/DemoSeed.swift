import HTTP
import Store

/// Creates demo accounts, once. Their password is stored encrypted, so that it can be shown at each start.
struct DemoSeed {
  static let purpose = "demo-password"

  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  /// The lines to print: the accounts and their password.
  func run() async throws -> [String] {
    let password = try await password()
    try await make("admin", "Ada Martin", .admin, .fr, password)
    try await make("lea", "L\u{E9}a Dubois", .employee, .fr, password)
    try await make("sam", "Sam Carter", .employee, .en, password)
    try await DemoChat(appliance: appliance).run()
    return [
      "Demo accounts: lea, sam (users), admin (administrator)",
      "  password: \(password)",
    ]
  }

  private func password() async throws -> String {
    let vault = appliance.vault
    let stored = try await appliance.database.read { connection in
      try connection.first("SELECT value FROM settings WHERE name = 'demo-password'", map: { $0.blob(0) })
    }
    if let stored { return String(decoding: try vault.open(stored, purpose: Self.purpose), as: UTF8.self) }
    let password = String(Token(for: .session).text.filter { $0.isLetter || $0.isNumber }.prefix(12))
    let sealed = vault.seal(Array(password.utf8), purpose: Self.purpose)
    try await appliance.database.write { tx in
      try tx.execute("INSERT INTO settings (name, value) VALUES ('demo-password', ?)", sealed)
    }
    return password
  }

  private func make(
    _ username: String, _ name: String, _ role: Role, _ language: Language, _ password: String
  ) async throws {
    let exists = try await appliance.database.read {
      try $0.scalar("SELECT 1 FROM users WHERE username = ?", username) != nil
    }
    if exists { return }
    var account = NewAccount([:], language: language)
    account.username = username
    account.name = name
    account.email = "\(username)@obox.demo"
    account.role = role
    let hash = try await appliance.passwords.hasher.hash(password)
    try await appliance.database.write { [account, sessions = appliance.sessions] tx in
      let made = try account.insert(hash: hash, in: tx)
      try sessions.refresh(made.id, in: tx)
    }
  }
}
