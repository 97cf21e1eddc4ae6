import HTTP
import Store

/// Editing, assigning, changing the status, deleting.
extension ComplaintsFeature {
  var stateRoutes: [Route] {
    let one = Self.path + "/:id"
    let assignee = Schema.object([
      ("assignedToId", .described("\"\" or null is none", .optional(.reference)), required: true)
    ])
    let status = Schema.object([("status", ComplaintStatus.schema, required: true)])
    let answer = Complaint.schema
    return [Method.patch, .put, .post].flatMap { method in
      [
        Route(
          method, one + "/assign", .right(Complaint.right), "Give a request to somebody", request: assignee,
          response: answer, handler: changeAssignee),
        Route(
          method, one + "/status", .signedIn, "Move a request on, or back", request: status, response: answer,
          handler: changeStatus),
      ]
    }
  }

  /// Changes the fields in the body; missing ones stay unchanged.
  func change(_ request: Request) async throws -> Response {
    let body = try request.json()
    let values = try ComplaintFields.form.values(of: body, isNew: false)
    let assignee = try Reference("assignedToId", of: body)
    let status = try ComplaintStatus.read(body)
    let files: [String]?
    do throws(FieldError) { files = try AttachedFiles.addresses(in: body) } catch {
      throw Failure.invalid([error])
    }
    return try await perform(request) { [self] complaint, account, tx in
      try edit(&complaint, values, by: account, in: tx)
      if let files, files != complaint.files.map(\.fileUrl) {
        guard complaint.isEditable(by: account) else { throw Failure.forbidden }
        try AttachedFiles.tie(files, to: Complaint.resource, complaint.id, by: account, in: tx)
        try complaint.note("files", by: account, in: tx)
      }
      // A closed request is reopened before it is assigned.
      let isClosed = complaint.status == .closed
      if isClosed, let status { try move(&complaint, to: status, by: account, in: tx) }
      if assignee != .missing { try assign(&complaint, to: assignee.id, by: account, in: tx) }
      if !isClosed, let status { try move(&complaint, to: status, by: account, in: tx) }
    }
  }

  private func changeAssignee(_ request: Request) async throws -> Response {
    let assignee = try Reference("assignedToId", of: try request.json())
    guard assignee != .missing else {
      throw Failure.invalid([
        FieldError(
          "assignedToId", "REQUIRED", Sentence(fr: "Ce champ est obligatoire.", en: "This field is required.")
        )
      ])
    }
    return try await perform(request) { [self] complaint, account, tx in
      try assign(&complaint, to: assignee.id, by: account, in: tx)
    }
  }

  private func changeStatus(_ request: Request) async throws -> Response {
    guard let status = try ComplaintStatus.read(try request.json()) else {
      throw Failure.invalid([
        FieldError(
          "status", "REQUIRED", Sentence(fr: "Ce champ est obligatoire.", en: "This field is required."))
      ])
    }
    return try await perform(request) { [self] complaint, account, tx in
      try move(&complaint, to: status, by: account, in: tx)
    }
  }

  /// Changes a request in one transaction: checks `If-Match`, then writes the row and an audit entry. Open
  /// pages are told after the commit. Without a difference nothing is written.
  private func perform(
    _ request: Request, _ body: @escaping @Sendable (inout Complaint, Account, Transaction) throws -> Void
  ) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let complaint = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let old = try Complaint.find(id, for: account, in: tx)
      try Self.checkIsCurrent(old, request)
      var new = old
      try body(&new, account, tx)
      guard !new.changed.isEmpty else { return old }
      try write(new, over: old, in: tx)
      try record(
        .resourceChanged, new, by: account, request, (["change"] + new.changed).joined(separator: " "), in: tx
      )
      tell("change", new, and: [old.assigneeID].compactMap { $0 }, in: tx)
      return try Self.row(id, in: tx)
    }
    return answer(complaint, to: request, for: account)
  }

  /// Throws 412 if the row has changed since the client read it.
  private static func checkIsCurrent(_ complaint: Complaint, _ request: Request) throws(Failure) {
    guard let tags = request.headers["if-match"], tags != "*" else { return }
    guard !tags.split(byte: ",").contains(where: { String($0).trimmed() == complaint.tag }) else { return }
    throw Failure(
      412, "CHANGED_MEANWHILE",
      Sentence(
        fr: "Quelqu’un d’autre a modifié cette demande. Vérifiez-la, puis recommencez.",
        en: "Someone else has changed this request. Check it and try again."),
      headers: [("ETag", complaint.tag)])
  }

  /// Throws 413 when a longer description would exceed the submitter's quota, which it counts in.
  private func write(_ new: Complaint, over old: Complaint, in tx: Transaction) throws {
    let growth = new.description.utf8.count - old.description.utf8.count
    if growth > 0 { try tx.claimSpace() }
    if let submitter = new.submitterID { try quotas.checkBytes(growth, for: submitter, in: tx) }
    try tx.execute(
      """
      UPDATE complaints SET assigned_to_id = ?, title = ?, description = ?, category = ?, priority = ?, status = ?,
        due_at = ?, escalated_at = ?, resolved_at = ?, closed_at = ?, updated_at = ? WHERE id = ?
      """, new.assigneeID, new.title, new.description, new.category, new.priority, new.status.rawValue,
      new.dueAt,
      new.escalatedAt, new.resolvedAt, new.closedAt, max(tx.now, old.updatedAt + 1), new.id)
  }

  private func edit(
    _ complaint: inout Complaint, _ values: [String: Value], by account: Account, in tx: Transaction
  ) throws {
    func change(_ column: Column, _ path: WritableKeyPath<Complaint, String>, isNoted: Bool = true) throws {
      guard case .text(let text)? = values[column.name], text != complaint[keyPath: path] else { return }
      guard complaint.isEditable(by: account) else { throw Failure.forbidden }
      let old = isNoted ? complaint[keyPath: path] : ""
      try complaint.note(column.name, from: old, to: isNoted ? text : "", by: account, in: tx)
      complaint[keyPath: path] = text
    }
    let priority = complaint.priority
    try change(ComplaintFields.title, \.title)
    try change(ComplaintFields.description, \.description, isNoted: false)
    try change(ComplaintFields.category, \.category)
    try change(ComplaintFields.priority, \.priority)
    guard complaint.priority != priority else { return }
    complaint.dueAt = complaint.createdAt + time(for: complaint.priority)
    if complaint.dueAt > tx.now { complaint.escalatedAt = nil }
  }

  /// Assigns a request, or removes its assignee. Throws 403 without the right, 409 if it is closed, 400 for an
  /// account that cannot be assigned.
  func assign(
    _ complaint: inout Complaint, to person: Int64?, by account: Account, in tx: Transaction
  ) throws {
    guard person != complaint.assigneeID else { return }
    guard account.has(right: Complaint.right) else { throw Failure.forbidden }
    guard complaint.status != .closed else { throw Self.closed }
    let old = complaint.assigneeName
    (complaint.assigneeID, complaint.assigneeName) = (nil, "")
    if let person {
      guard let assignee = try Account.find(person, in: tx), assignee.isActive, assignee.isApproved else {
        throw Self.unknownAssignee
      }
      guard assignee.id != complaint.submitterID || assignee.has(right: Complaint.right) else {
        throw Self.assignedToSubmitter
      }
      complaint.assigneeID = assignee.id
      complaint.assigneeName = assignee.name.isEmpty ? assignee.username : assignee.name
    }
    try complaint.note("assignedToId", from: old, to: complaint.assigneeName, by: account, in: tx)
    try tx.execute(
      "UPDATE complaints SET assigned_to_id = ? WHERE id = ?", complaint.assigneeID, complaint.id)
    if let person {
      try notifications.settle(Self.task(complaint.id), in: tx)
      try notify(.requestAssigned, [person], of: complaint, by: account, in: tx)
    }
  }

  /// Throws 403 if the account may not change the status, 409 if the transition is not allowed.
  private func move(
    _ complaint: inout Complaint, to status: ComplaintStatus, by account: Account, in tx: Transaction
  ) throws {
    let old = complaint.status
    guard status != old else { return }
    let allowed = complaint.allowed(for: account)
    guard !allowed.isEmpty else { throw Failure.forbidden }
    guard allowed.contains(status) else {
      throw ComplaintStatus.refusal(from: old, to: status, allowed: allowed)
    }
    complaint.status = status
    if status.isPending, !old.isPending {
      complaint.dueAt = tx.now + time(for: complaint.priority)
      complaint.escalatedAt = nil
    }
    complaint.resolvedAt = status.isPending ? nil : complaint.resolvedAt ?? tx.now
    complaint.closedAt = status == .closed ? tx.now : nil
    try complaint.note("status", from: old.rawValue, to: status.rawValue, by: account, in: tx)
    try notifications.settle(Self.task(complaint.id), in: tx)
    try notify(
      .requestChanged, [complaint.submitterID, complaint.assigneeID].compactMap { $0 }, of: complaint,
      by: account,
      in: tx)
  }

  /// A notification of what an anonymous submitter did hides its exact time.
  func notify(
    _ kind: Notice.Kind, _ people: [Int64], of complaint: Complaint, by account: Account?,
    isAnonymous: Bool = false, in tx: Transaction
  ) throws {
    let isTask = kind == .requestNew || kind == .requestOverdue
    try notifications.notify(
      people,
      of: Notice(
        kind: kind, subject: isTask ? Self.task(complaint.id) : Self.subject(complaint.id),
        link: "/requests/\(complaint.id)", actor: account?.id,
        details: ["name": complaint.title, "status": complaint.status.rawValue]),
      roundedTo: isAnonymous ? Self.hour : nil, in: tx)
  }

  func delete(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    try await database.change(.resourceDeleted, on: nil, by: request) { [self] tx in
      let complaint = try Complaint.find(id, for: account, in: tx)
      guard complaint.isEditable(by: account) else { throw Failure.forbidden }
      try tx.execute("DELETE FROM complaints WHERE id = ?", id)
      try notifications.forget([Self.subject(id), Self.task(id)], in: tx)
      try record(.resourceDeleted, complaint, by: account, request, "delete", in: tx)
      tell("delete", complaint, in: tx)
    }
    return .done(Sentence(fr: "Demande supprimée.", en: "Request deleted."), for: request)
  }

  private static let unknownAssignee = Failure.invalid([
    FieldError(
      "assignedToId", "UNKNOWN_REFERENCE",
      Sentence(
        fr: "Cette personne n’existe pas ou n’est plus active.",
        en: "This person does not exist or is no longer active."))
  ])
  private static let closed: Failure = {
    let sentence = Sentence(
      fr: "Cette demande est close. Rouvrez-la pour changer la personne à qui elle est confiée.",
      en: "This request is closed. Reopen it to change its assignee.")
    return Failure(
      409, "REQUEST_CLOSED", sentence, errors: [FieldError("assignedToId", "REQUEST_CLOSED", sentence)])
  }()
  private static let assignedToSubmitter = Failure.invalid([
    FieldError(
      "assignedToId", "OWN_REQUEST",
      Sentence(
        fr: "Une demande ne peut pas être confiée à qui l’a faite.",
        en: "A request cannot be assigned to its submitter."))
  ])
}
