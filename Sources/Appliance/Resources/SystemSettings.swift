import HTTP
import Store
import Synchronization

/// Settings by an administrator for everyone: which modules are enabled, and how they work. Held in memory; a
/// change applies to the next request.
final class SystemSettings: Sendable {
  private let values = Mutex<[String: Value]>([:])

  static let columns: [Column] =
    [
      flag(.announcements, fr: "Annonces", en: "Announcements"),
      flag(.content, fr: "Médiathèque", en: "Media library"),
      flag(.documents, fr: "Documents", en: "Documents"),
      flag(.events, fr: "Agenda", en: "Calendar"),
      flag(.forum, fr: "Forum", en: "Forum"),
      flag(.messages, fr: "Messages", en: "Messages"),
      flag(.complaints, fr: "Demandes", en: "Requests"),
      flag(.training, fr: "Formations", en: "Trainings"),
      organisationName, organisationLogo,
      forumEnabled, topicApproval, postApproval, anonymousComplaints,
    ] + complaintHours.map(\.column)
  static let organisationName = Column(
    "organisationName", .text(0...100), fr: "Nom de l’organisation", en: "Name of the organisation",
    initial: "".value)
  /// An upload, shown on certificates.
  static let organisationLogo = Column("organisationLogo", .file, fr: "Logo", en: "Logo", initial: "".value)
  static let forumEnabled = Column(
    "forumEnabled", .flag, fr: "Forum ouvert", en: "Forum open", initial: true.value)
  static let topicApproval = Column(
    "requireTopicApproval", .flag, fr: "Approuver les nouveaux sujets", en: "Approve new topics",
    initial: false.value)
  static let postApproval = Column(
    "requirePostApproval", .flag, fr: "Approuver les nouveaux messages du forum",
    en: "Approve new forum posts",
    initial: false.value)
  static let anonymousComplaints = Column(
    "allowAnonymousComplaints", .flag, fr: "Demandes anonymes possibles", en: "Allow anonymous requests",
    initial: false.value)

  /// Hours allowed to resolve a request, by its priority.
  static let complaintHours: [(priority: String, column: Column)] = [
    ("urgent", hours("Urgent", 8, fr: "urgente", en: "urgent")),
    ("high", hours("High", 24, fr: "haute", en: "high")),
    ("medium", hours("Medium", 72, fr: "normale", en: "medium")),
    ("low", hours("Low", 168, fr: "basse", en: "low")),
  ]

  private static func hours(_ word: String, _ initial: Int, fr: String, en: String) -> Column {
    Column(
      "complaintHours\(word)", .number(1...8_760), fr: "Délai, priorité \(fr) (heures)",
      en: "Time limit, \(en) (hours)", initial: initial.value)
  }

  private static func flag(_ module: Module, fr: String, en: String) -> Column {
    Column(module.rawValue, .flag, fr: fr, en: en, initial: true.value)
  }

  func load(from connection: Connection) throws {
    let loaded = try Self.stored(in: connection)
    values.withLock { $0 = loaded }
  }

  /// The stored values; those that only an older or newer version of the program knows are skipped.
  private static func stored(in connection: Connection) throws -> [String: Value] {
    let rows = try connection.query("SELECT name, value FROM system_settings") { ($0.text(0), $0.text(1)) }
    var stored: [String: Value] = [:]
    for (name, text) in rows {
      guard let column = columns.first(where: { $0.name == name }), let json = JSONValue(parsing: text) else {
        continue
      }
      stored[name] = try? column.value(of: json)
    }
    return stored
  }

  func isOn(_ module: Module) -> Bool {
    isOn(module.rawValue) && (module != .forum || self[Self.forumEnabled])
  }

  subscript(flag: Column) -> Bool { isOn(flag.name) }

  private func isOn(_ name: String) -> Bool {
    let initial = Self.columns.first { $0.name == name }?.initial
    return values.withLock { $0[name] } ?? initial ?? .null == true.value
  }

  func value(of column: Column) -> Value { values.withLock { $0[column.name] } ?? column.initial ?? .null }

  func text(_ column: Column) -> String {
    if case .text(let text) = value(of: column) { text } else { "" }
  }

  /// Stores the values of a body; returns the names of changed ones. Throws 400 with all invalid fields.
  func change(_ body: JSONValue, by actor: Account, in tx: Transaction) throws -> [String] {
    // Read from the database: another change may be in the same group of transactions.
    let stored = try Self.stored(in: tx)
    var given: [(Column, Value)] = []
    var errors: [FieldError] = []
    for column in Self.columns {
      guard let json = body[column.name] else { continue }
      do throws(FieldError) {
        let value = try column.value(of: json)
        if value != stored[column.name] ?? column.initial ?? .null { given.append((column, value)) }
      } catch {
        errors.append(error)
      }
    }
    if !errors.isEmpty { throw Failure.invalid(errors) }
    for (column, value) in given {
      if column.name == Self.organisationLogo.name { try Self.attachLogo(value, by: actor, in: tx) }
      var json = JSONWriter()
      column.write(value, to: &json)
      try tx.execute(
        "INSERT OR REPLACE INTO system_settings (name, value) VALUES (?, ?)", column.name,
        String(decoding: json.bytes, as: UTF8.self))
    }
    let changed = given
    tx.afterCommit { [self] in
      values.withLock { values in for (column, value) in changed { values[column.name] = value } }
    }
    return given.map { $0.0.name }
  }
}
