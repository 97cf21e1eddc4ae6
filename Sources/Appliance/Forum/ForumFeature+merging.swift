import HTTP
import Store

/// Merging topics, and splitting one.
extension ForumFeature {
  /// The most posts that are moved at once: other writes wait meanwhile.
  private static let mostMerged = 5_000

  var mergingRoutes: [Route] {
    let one = Self.path + "/topics/:id"
    let merge = Schema.object([("intoId", .reference, required: true)])
    let split = Schema.object([
      ("postIds", .described("without the first one", .array(.reference)), required: true),
      ("title", ForumFields.title.bodySchema, required: true),
      ("categoryId", .described("the same one without it", .optional(.reference)), required: false),
    ])
    return [
      .post(
        one + "/merge", .signedIn,
        "Move all posts of a topic into another, to which its address leads then: moderators of both",
        request: merge, response: ForumTopic.schema, mergeTopic
      ).checkingKinds(),
      .post(
        one + "/split", .signedIn, "Move posts of a topic into a new one: moderators", request: split,
        response: ForumTopic.schema, splitTopic
      ).checkingKinds(),
    ]
  }

  private func mergeTopic(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let wanted = try ForumFields.needed("intoId", of: try request.json())
    let topic = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let source = try moderated(id, by: account, for: request, tx)
      let target = try target(wanted, of: source, by: account, tx)
      try ForumMerge(source: source, target: target).run(by: account, in: tx)
      try notifications.rename(Self.subject(source.id), to: Self.subject(target.id), in: tx)
      for subject in [source.subject, target.subject] {
        try Audit.record(
          .resourceChanged, actor: account, on: subject, request: request, details: "merge", in: tx)
      }
      tell("merge", source, in: tx)
      let merged = try ForumTopic.find(target.id, for: account, in: tx)
      tell("merge", merged, in: tx)
      return merged
    }
    return answer(topic, to: request, account)
  }

  /// The topic that the posts of another one can be moved to.
  private func target(
    _ id: Int64, of source: ForumTopic, by account: Account, _ tx: Transaction
  ) throws -> ForumTopic {
    guard let target = try ForumTopic.seen(id, by: account, in: tx) else {
      throw ForumFailure.unknown("intoId")
    }
    guard target.isModerated(by: account) else { throw Failure.forbidden }
    guard target.id != source.id else { throw ForumFailure.sameTopic }
    guard target.isLive else { throw ForumFailure.notLive }
    guard try !isLarge(source, in: tx) else { throw ForumFailure.tooManyPosts }
    return target
  }

  private func isLarge(_ topic: ForumTopic, in tx: Transaction) throws -> Bool {
    try tx.scalar(
      "SELECT 1 FROM forum_posts WHERE topic_id = ? LIMIT 1 OFFSET \(Self.mostMerged)", topic.id) != nil
  }

  private func splitTopic(_ request: Request) async throws -> Response {
    let (account, id, body) = (try request.account(), try request.id(), try request.json())
    let posts = try Self.posts(in: body)
    let title = try ForumFields.text(ForumFields.title, of: body)
    let wanted = try Reference("categoryId", of: body).id
    let topic = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let source = try moderated(id, by: account, for: request, tx)
      let category = try wanted.map { try ForumCategory.find($0, for: account, in: tx) } ?? source.category
      guard let category else { throw ForumFailure.unknown("categoryId") }
      guard category.isModerated(by: account) else { throw Failure.forbidden }
      let split = ForumSplit(source: source, category: category, title: title, posts: posts)
      let topic = try ForumTopic.find(try split.run(in: tx), for: account, in: tx)
      for subject in [source.subject, topic.subject] {
        try Audit.record(
          .resourceChanged, actor: account, on: subject, request: request, details: "split", in: tx)
      }
      tell("split", source, in: tx)
      tell("create", topic, in: tx)
      return topic
    }
    var response = answer(topic, status: 201, to: request, account)
    response.add("Location", "\(Self.path)/topics/\(topic.id)")
    return response
  }

  /// A published topic that the account moderates, as the client has read it.
  private func moderated(
    _ id: Int64, by account: Account, for request: Request, _ tx: Transaction
  ) throws -> ForumTopic {
    let topic = try ForumTopic.find(id, for: account, in: tx)
    guard topic.isModerated(by: account) else { throw Failure.forbidden }
    guard topic.isLive else { throw ForumFailure.notLive }
    try ForumFailure.check(topic.tag, request)
    return topic
  }

  private static func posts(in body: JSONValue) throws(Failure) -> [Int64] {
    let field = "postIds"
    guard let list = body[field]?.array, !list.isEmpty else {
      throw .invalid([
        FieldError(field, "REQUIRED", Sentence(fr: "Choisissez des messages.", en: "Choose some posts."))
      ])
    }
    guard list.count <= ForumSplit.most else {
      let most = ForumSplit.most
      throw .invalid([
        FieldError(
          field, "TOO_MANY",
          Sentence(fr: "Au plus \(most) messages à la fois.", en: "At most \(most) posts at a time."))
      ])
    }
    var ids: [Int64] = []
    for value in list {
      guard let id = value.string.flatMap({ Int64(digits: $0) }) ?? value.int64, id > 0 else {
        throw ForumFailure.unknown(field)
      }
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }
}
