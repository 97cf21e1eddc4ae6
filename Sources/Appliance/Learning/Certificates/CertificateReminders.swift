import ICalendar
import Store

/// Tells people of new certificates, and once of those that end soon; issues those that are missing.
struct CertificateReminders: JobKind {
  static let newSQL = """
    SELECT \(Certificate.columns) FROM certificates AS c WHERE c.is_new = 1 ORDER BY c.id LIMIT ?
    """
  static let endingSQL = """
    SELECT \(Certificate.columns) FROM certificates AS c WHERE c.renew_at <= ? ORDER BY c.renew_at LIMIT ?
    """
  private static let batch: Int64 = 200

  let database: Database
  let settings: SystemSettings
  let notifications: Notifications

  let name = "certificates.remind"
  let period: Int64? = 60_000

  func run(_ context: JobContext) async throws {
    while try await step({ Int64(try Certificates.issueMissing(most: Self.batch, in: $0)) }) {}
    // Who opens the link would find nothing.
    guard settings.isOn(.training) else { return }
    while try await step({ try tellNew(in: $0) }) {}
    while try await step({ try remind(in: $0) }) {}
  }

  /// One batch in a transaction. Returns whether more may be due.
  private func step(_ body: @escaping @Sendable (Transaction) throws -> Int64) async throws -> Bool {
    try await database.write { try body($0) >= Self.batch }
  }

  private func tellNew(in tx: Transaction) throws -> Int64 {
    let new = try tx.query(Self.newSQL, Self.batch, map: Certificate.init(_:))
    for one in new {
      try tx.execute("UPDATE certificates SET is_new = 0 WHERE id = ?", one.id)
      try notifications.notify(one.person.map { [$0] } ?? [], of: one.notice("issued"), in: tx)
    }
    return Int64(new.count)
  }

  private func remind(in tx: Transaction) throws -> Int64 {
    let ending = try tx.query(Self.endingSQL, tx.now, Self.batch, map: Certificate.init(_:))
    for one in ending {
      try tx.execute("UPDATE certificates SET renew_at = NULL WHERE id = ?", one.id)
      guard one.revokedAt == nil, one.isCurrent, let person = one.person else { continue }
      try notifications.notify([person], of: one.notice("expiring"), in: tx)
    }
    return Int64(ending.count)
  }
}

extension Certificate {
  func notice(_ task: String, by actor: Int64? = nil) -> Notice {
    var details = ["name": title, "task": task]
    if let validUntil { details["when"] = Training.clock(validUntil) }
    return Notice(
      kind: .certificate, subject: "certificate:\(id)", link: "/learn/certificates", actor: actor,
      details: details)
  }
}
