import HTTP
import Store

/// Listing, opening and changing topics.
extension ForumFeature {
  var topicRoutes: [Route] {
    let path = Self.path + "/topics"
    let one = path + "/:id"
    let answer = ForumTopic.schema
    let reading: [Route] = [
      .get(
        path, .signedIn, "List topics, the last active first", response: .array(answer), listTopics
      ).reading(ForumQuestion.parameters),
      .get(one, .signedIn, "Get a topic, or the one that it was merged into", response: answer, getTopic),
      .post(
        path, .signedIn, "Open a topic, with or without its first post", request: ForumFields.newTopic,
        response: answer, createTopic
      ).checkingKinds(),
      .delete(
        one, .signedIn, "Delete a topic: moderators, and its author before anyone replies", response: .done,
        deleteTopic),
    ]
    let changing: [Route] = [Method.patch, .put].map { method in
      Route(
        method, one, .signedIn, "Edit a topic; moderators also pin, lock and move it",
        request: ForumFields.topicChange, response: answer, handler: changeTopic
      ).checkingKinds()
    }
    return reading + changing
  }

  private func listTopics(_ request: Request) async throws -> Response {
    let account = try request.account()
    let question = try ForumQuestion(request, for: account)
    let page = try await database.read { connection in
      if let category = question.category {
        guard try ForumCategory.find(category, for: account, in: connection) != nil else {
          throw Failure.notFound
        }
      }
      return try connection.page(
        question.sql, question.arguments, limit: question.limit, map: ForumTopic.init)
    }
    return .page(page) { topic, json in topic.write(to: &json, for: account, in: request.language) }
  }

  private func getTopic(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let topic = try await database.read { connection in
      try ForumTopic.find(try ForumTopic.place(of: id, in: connection), for: account, in: connection)
    }
    return answer(topic, to: request, account)
  }

  private func createTopic(_ request: Request) async throws -> Response {
    let (account, body) = (try request.account(), try request.json())
    let values = try ForumFields.topic.values(of: body, isNew: true)
    let categoryID = try ForumFields.needed("categoryId", of: body)
    let content = try ForumFields.firstContent(of: body)
    let files = try ForumFields.files(of: body) ?? []
    let html = await Markdown.rendering(content ?? "")
    let topic = try await database.change(.resourceCreated, on: nil, by: request) { [self] tx in
      guard let category = try ForumCategory.find(categoryID, for: account, in: tx) else {
        throw ForumFailure.unknown("categoryId")
      }
      let id = try insert(values, in: category, by: account, tx)
      if let content {
        let draft = ForumDraft(content: content, html: html, isFirst: true, files: files)
        _ = try insert(draft, into: try ForumTopic.find(id, for: account, in: tx), by: account, in: tx)
      }
      let topic = try ForumTopic.find(id, for: account, in: tx)
      try Audit.record(
        .resourceCreated, actor: account, on: topic.subject, request: request, details: "create", in: tx)
      try noteNew(topic, content, by: account, in: tx)
      return topic
    }
    var response = answer(topic, status: 201, to: request, account)
    response.add("Location", "\(Self.path)/topics/\(topic.id)")
    return response
  }

  private func insert(
    _ values: [String: Value], in category: ForumCategory, by account: Account, _ tx: Transaction
  ) throws -> Int64 {
    let isOfModerator = category.isModerated(by: account)
    let isMarked = ForumFields.flags.contains { values[$0.name] == true.value }
    guard !isMarked || isOfModerator else { throw Failure.forbidden }
    func value(_ column: Column) -> Value { values[column.name] ?? column.initial ?? .null }
    let waits = settings[SystemSettings.topicApproval] && !category.isDecided(by: account, .validateTopics)
    let number = try Self.nextNumber(in: tx)
    try tx.claimSpace()
    try tx.execute(
      """
      INSERT INTO forum_topics (category_id, author_id, author_name, title, description, is_sticky, is_pinned,
        is_locked, is_announcement, tags, status, number, activity, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, category.id, account.id, account.name.isEmpty ? account.username : account.name,
      value(ForumFields.title), value(ForumFields.description), value(ForumFields.isSticky),
      value(ForumFields.isPinned), value(ForumFields.isLocked), value(ForumFields.isAnnouncement),
      value(ForumFields.tags), (waits ? ForumStatus.pending : .published).rawValue, number, number, tx.now,
      tx.now)
    let id = tx.lastInsertedID
    try follow(id, by: account, in: tx)
    try mark(id, through: number, by: account, in: tx)
    return id
  }

  /// Changes the fields in the body; missing ones stay unchanged.
  private func changeTopic(_ request: Request) async throws -> Response {
    let (account, id, body) = (try request.account(), try request.id(), try request.json())
    let values = try ForumFields.topic.values(of: body, isNew: false)
    let categoryID = try Reference("categoryId", of: body).id
    let topic = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let old = try ForumTopic.find(id, for: account, in: tx)
      guard old.isEditable(by: account) else { throw Failure.forbidden }
      try ForumFailure.check(old.tag, request)
      var changes = old.differences(values)
      let isOfModerator = old.isModerated(by: account)
      if let categoryID, categoryID != old.category.id {
        guard isOfModerator else { throw Failure.forbidden }
        guard let new = try ForumCategory.find(categoryID, for: account, in: tx) else {
          throw ForumFailure.unknown("categoryId")
        }
        guard new.isModerated(by: account) else { throw Failure.forbidden }
        changes.append(("categoryId", "category_id", categoryID.value))
      }
      if changes.isEmpty { return old }
      let flags = Set(ForumFields.flags.map(\.name))
      guard isOfModerator || !changes.contains(where: { flags.contains($0.field) }) else {
        throw Failure.forbidden
      }
      let sets = changes.map { "\($0.column) = ?" }.joined(separator: ", ")
      try tx.execute(
        "UPDATE forum_topics SET \(sets), updated_at = ? WHERE id = ?",
        arguments: changes.map { $0.value } + [max(tx.now, old.updatedAt + 1).value, id.value])
      try Audit.record(
        .resourceChanged, actor: account, on: old.subject, request: request,
        details: (["change"] + changes.map { $0.field }).joined(separator: " "), in: tx)
      // Those who lose sight of a moved topic are told, too.
      if categoryID != nil { tell("change", old, in: tx) }
      let new = try ForumTopic.find(id, for: account, in: tx)
      tell("change", new, in: tx)
      return new
    }
    return answer(topic, to: request, account)
  }

  private func deleteTopic(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    try await database.change(.resourceDeleted, on: nil, by: request) { [self] tx in
      let topic = try ForumTopic.find(id, for: account, in: tx)
      guard topic.deletedAt == nil else { throw Failure.notFound }
      try ForumFailure.check(topic.tag, request)
      guard topic.isDeletable(by: account) else {
        throw topic.authorID == account.id ? ForumFailure.answered : Failure.forbidden
      }
      try tx.execute(
        "UPDATE forum_topics SET deleted_at = ?, deleted_by = ?, updated_at = ? WHERE id = ?", tx.now,
        account.id,
        max(tx.now, topic.updatedAt + 1), id)
      try notifications.settle(Self.subject(id), in: tx)
      try notifications.settle(Self.task(topic: id), in: tx)
      try Audit.record(
        .resourceDeleted, actor: account, on: topic.subject, request: request, details: "delete", in: tx)
      tell("delete", topic, in: tx)
    }
    return .done(Sentence(fr: "Sujet supprimé.", en: "Topic deleted."), for: request)
  }
}

extension ForumTopic {
  /// The fields of a body that differ, with their columns.
  fileprivate func differences(_ values: [String: Value]) -> [(field: String, column: String, value: Value)] {
    let current: [String: Value] = [
      ForumFields.title.name: title.value, ForumFields.description.name: description.value,
      ForumFields.tags.name: tags.value, ForumFields.isSticky.name: isSticky.value,
      ForumFields.isPinned.name: isPinned.value, ForumFields.isLocked.name: isLocked.value,
      ForumFields.isAnnouncement.name: isAnnouncement.value,
    ]
    return ForumFields.topic.columns.compactMap { column in
      guard let value = values[column.name], value != current[column.name] else { return nil }
      return (column.name, column.sqlName, value)
    }
  }
}
