import HTTP
import Store

/// Creates demo accounts and content, once. Their password is stored sealed, so that each start can print it.
struct DemoSeed {
  static let purpose = "demo-password"

  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  /// Creates the demo, unless it exists or was removed. Returns the text to print: the accounts and their password.
  func run() async throws -> [String] {
    let data = DemoData(appliance: appliance)
    guard try await !data.wasRemoved() else {
      return ["The demo data was removed. For a new demo, start with another data folder."]
    }
    if try await !data.isThere() { try await create() }
    return [
      "Demo accounts: lea, sam (users), claire (moderator), admin (administrator)",
      "  password: \(try await password())",
    ]
  }

  /// Creates the accounts and the content.
  func create() async throws {
    let data = DemoData(appliance: appliance)
    let before = try await data.begin()
    do {
      try await DemoPeople(appliance: appliance).run(password: try await password())
      try await fill()
    } catch {
      // What was created can be removed, and later rows do not count as the demo's.
      try await data.remember(since: before)
      throw error
    }
    try await data.remember(since: before)
  }

  /// Creates the content of each module.
  private func fill() async throws {
    try await DemoMessages(appliance: appliance).run()
    try await DemoRequests(appliance: appliance).run()
    try await DemoChat(appliance: appliance).run()
    try await DemoAnnouncements(appliance: appliance).run()
    try await DemoDocuments(appliance: appliance).run()
    try await DemoMedia(appliance: appliance).run()
    try await DemoCalendar(appliance: appliance).run()
    try await DemoTrainings(appliance: appliance).run()
    try await DemoForum(appliance: appliance).run()
    try await DemoCourses(appliance: appliance).run()
    try await DemoQuizzes(appliance: appliance).run()
    try await DemoLearners(appliance: appliance).run()
    // Of the trainings that are completed.
    try await appliance.database.write { tx in _ = try Certificates.issueMissing(most: 100, in: tx) }
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
}
