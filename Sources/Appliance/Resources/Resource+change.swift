import HTTP
import Store

extension Resource {
  /// The services that changes of rows use.
  struct Services: Sendable {
    let database: Database
    let hub: Hub
    let settings: SystemSettings
  }

  func create(_ request: Request, _ services: Services) async throws -> Response {
    let given = try values(of: try request.json(), isNew: true)
    let made = try await perform(request, services, .create) { actor, tx in
      Change(.create, by: actor, old: nil, new: newRecord(given, by: actor, at: tx.now))
    }
    return answer(made, status: 201)
  }

  /// A row that is not inserted yet, with the values given and the initial ones of the other columns.
  func newRecord(_ given: [String: Value], by actor: Account, at now: Int64) -> Record {
    var new = Record(createdAt: now, updatedAt: now)
    for column in stored {
      switch column.source {
      case .client(let initial): new[column] = given[column.name] ?? initial ?? .null
      case .stamp(let value): new[column] = value(actor)
      case .computed, .personal: break
      }
    }
    return new
  }

  /// Updates the fields that the body contains.
  func change(_ request: Request, _ services: Services) async throws -> Response {
    let id = try request.id()
    let given = try values(of: try request.json(), isNew: false)
    let changed = try await perform(request, services, .change) { actor, tx in
      let old = try record(id, for: actor, at: tx.now, in: tx)
      try checkIsCurrent(old, request)
      var new = old
      for column in columns { if let value = given[column.name] { new[column] = value } }
      return Change(.change, by: actor, old: old, new: new)
    }
    return answer(changed, status: 200)
  }

  func delete(_ request: Request, _ services: Services) async throws -> Response {
    let id = try request.id()
    _ = try await perform(request, services, .delete) { actor, tx in
      let old = try record(id, for: actor, at: tx.now, in: tx)
      try checkIsCurrent(old, request)
      return Change(.delete, by: actor, old: old, new: nil)
    }
    return .done(Sentence(fr: "Supprimé.", en: "Deleted."), for: request)
  }

  /// Restores a row from the bin.
  func restore(_ request: Request, _ services: Services) async throws -> Response {
    let id = try request.id()
    let restored = try await perform(request, services, .restore) { _, tx in
      let actor = try Account.find(try request.account().id, in: tx)
      guard let actor else { throw Failure.forbidden }
      let sql = "SELECT \(selection) FROM \(table) WHERE id = ? AND deleted_at IS NOT NULL"
      let old = try tx.first(sql, arguments: reader(actor) + [id.value]) { Record($0, of: columns) }
      guard let old else { throw Failure.notFound }
      return Change(.restore, by: actor, old: old, new: old)
    }
    return answer(restored, status: 200)
  }

  /// In one transaction: permission check and change. Returns the new row.
  private func perform(
    _ request: Request, _ services: Services, _ verb: Verb,
    _ prepare: @escaping @Sendable (Account, Transaction) throws -> Change
  ) async throws -> Record {
    try await services.database.change(action(verb), on: nil, by: request) { tx in
      try carryOut(try prepare(try actor(request, verb, in: tx), tx), request, services.hub, in: tx)
    }
  }

  /// Carries out a change within a transaction: validation, `before`, the row, `after`, audit entry. The
  /// event is published after the commit. The caller has checked the permission. Returns the new row.
  func carryOut(_ prepared: Change, _ request: Request, _ hub: Hub, in tx: Transaction) throws -> Record {
    var change = prepared
    // A change without effect creates no new version and is not published.
    if change.verb == .change, let old = change.old, let new = change.new,
      stored.allSatisfy({ old[$0] == new[$0] })
    {
      return old
    }
    try check(change, in: tx)
    try before?(&change, tx)
    var audience = try audience(of: change.id, hub, at: tx.now, in: tx)
    change.new = try write(change, in: tx)
    try tieFiles(change, in: tx)
    try after?(&change, tx)
    audience.formUnion(try self.audience(of: change.id, hub, at: tx.now, in: tx))
    try record(change, request, in: tx)
    publish(change, to: audience, hub, in: tx)
    // `after` may have changed computed columns.
    if after != nil, change.new != nil { change.new = try row(change.id, as: change.actor, in: tx) }
    guard let record = change.new ?? change.old else { throw Failure.notFound }
    return record
  }

  /// The account as of this transaction. Throws 403 when the right was revoked meanwhile.
  private func actor(_ request: Request, _ verb: Verb, in tx: Transaction) throws -> Account {
    if case .right(let right)? = access[verb == .restore ? .delete : verb] {
      return try Privilege.actor(request, right: right, in: tx)
    }
    guard let account = try Account.find(try request.account().id, in: tx), account.isActive else {
      throw Failure.forbidden
    }
    return account
  }

  /// Writes the row and returns it including computed columns; nil when it was deleted.
  private func write(_ change: Change, in tx: Transaction) throws -> Record? {
    guard let new = change.new else {
      if isRestorable {
        try tx.execute(
          "UPDATE \(table) SET deleted_at = ?, deleted_by = ? WHERE id = ?", tx.now, change.actor.id,
          change.id)
      } else {
        try tx.execute(deleteSQL, change.id)
      }
      return nil
    }
    if change.verb == .restore {
      try tx.execute("UPDATE \(table) SET deleted_at = NULL, deleted_by = NULL WHERE id = ?", change.id)
    }
    // On a full disk, a row may still be disabled or shortened.
    if change.old.map({ new.bytes > $0.bytes }) ?? true { try tx.claimSpace() }
    guard let old = change.old else {
      try tx.execute(insertSQL, arguments: stored.map { new[$0] } + [tx.now, tx.now])
      return try row(tx.lastInsertedID, as: change.actor, in: tx)
    }
    // Two changes within the same millisecond must have different versions.
    let now = max(tx.now, old.updatedAt + 1)
    try tx.execute(updateSQL(stored), arguments: stored.map { new[$0] } + [now, old.id])
    return try row(old.id, as: change.actor, in: tx)
  }

  /// Throws 412 with the current row when `If-Match` names another version.
  func checkIsCurrent(_ record: Record, _ request: Request) throws(Failure) {
    guard let tags = request.headers["if-match"], tags != "*" else { return }
    let isNamed = tags.split(byte: ",").contains { String($0).trimmed() == record.tag }
    guard !isNamed else { return }
    throw Failure(
      412, "CHANGED_MEANWHILE",
      Sentence(
        fr: "Quelqu’un d’autre a modifié ces données. Vérifiez-les, puis recommencez.",
        en: "Someone else has changed this. Check it and try again."),
      headers: [("ETag", record.tag)], details: [("current", json(record))])
  }

  private func action(_ verb: Verb) -> Audit.Action {
    if let auditAction { return auditAction }
    return switch verb {
    case .create: .resourceCreated
    case .delete: .resourceDeleted
    case .restore: .resourceRestored
    default: .resourceChanged
    }
  }

  private func record(_ change: Change, _ request: Request, in tx: Transaction) throws {
    let fields = columns.filter { column in
      column.isStored && change.verb == .change && change.old?[column] != change.new?[column]
    }.map(\.name)
    let subject = Audit.Subject(
      type: name, id: change.id, name: heading.map { (change.new ?? change.old)?.text($0) ?? "" } ?? "")
    try Audit.record(
      action(change.verb), actor: change.actor, on: subject, request: request,
      details: ([change.verb.rawValue] + fields).joined(separator: " "), in: tx)
  }

  /// The column used as the row's title: its first text.
  var heading: Column? {
    columns.first { if case .text(_, lines: false) = $0.kind { true } else { false } }
  }
}
