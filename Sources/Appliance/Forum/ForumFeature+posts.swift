import HTTP
import Store

/// The routes of posts, and listing them.
extension ForumFeature {
  static let posts = path + "/posts"

  var postRoutes: [Route] {
    let (one, answer) = (Self.posts + "/:id", ForumPost.schema)
    let ofTopic = "List the posts of a topic, the first one first"
    let reading: [Route] = [
      .get(Self.posts, .signedIn, "List the newest posts", response: .array(answer), listNewest)
        .reading(
          QueryParameter.paging + [.init("topicId", .id, "the posts of this topic, the first one first")]),
      .get(one, .signedIn, ofTopic + "; the id is that of the topic", response: .array(answer), listOfTopic)
        .reading(Self.orderedPaging),
      .get(Self.path + "/topics/:id/posts", .signedIn, ofTopic, response: .array(answer), listOfTopic)
        .reading(Self.orderedPaging),
      .get(Self.posts + "/item/:id", .signedIn, "Get a post", response: answer, getPost),
      .post(
        Self.posts, .signedIn, "Reply to a topic, or write its first post", request: ForumFields.newPost,
        response: answer, createPost
      ).checkingKinds(),
    ]
    let changing: [Route] = [Method.patch, .put].map { method in
      Route(
        method, one, .signedIn, "Edit a post; its earlier text is kept", request: ForumFields.change,
        response: answer, handler: editPost
      ).checkingKinds()
    }
    return reading + changing
  }

  private static let orderedPaging = [
    QueryParameter.paging[0],
    QueryParameter("after", .integer(0...(.max)), "only posts with a greater `number`"),
    QueryParameter("before", .string, "the posts before the one with this `number`"),
  ]

  static let newestSQL = """
    WHERE p.number < ? AND p.status = 'published' AND p.deleted_at IS NULL
      AND EXISTS (SELECT 1 FROM forum_topics AS o WHERE o.id = p.topic_id AND o.status = 'published'
        AND o.deleted_at IS NULL
    """

  private func listNewest(_ request: Request) async throws -> Response {
    let (account, paging) = (try request.account(), try Paging(request))
    if let topic = request.query["topicId"], !topic.isEmpty {
      guard let id = Int64(digits: topic) else { throw ForumFailure.unknown("topicId") }
      return try await posts(of: id, request)
    }
    let readable = ForumCategory.isOne("o.category_id", ForumCategory.readable(by: account))
    let sql = "\(ForumPost.select) \(Self.newestSQL) AND \(readable.sql)) ORDER BY p.number DESC LIMIT ?"
    let found = try await database.read { connection in
      let page = try connection.page(
        sql, [account.id.value, paging.before.value] + readable.arguments, limit: paging.limit,
        map: ForumPost.init)
      var topics: [Int64: ForumTopic] = [:]
      for id in Set(page.rows.map(\.topicID)) {
        topics[id] = try ForumTopic.find(id, for: account, in: connection)
      }
      return (page: try ForumPost.withFiles(page, in: connection), topics: topics)
    }
    return .page(found.page) { post, json in
      if let topic = found.topics[post.topicID] {
        post.write(to: &json, for: account, in: topic, request.language)
      }
    }
  }

  private func listOfTopic(_ request: Request) async throws -> Response {
    try await posts(of: try request.id(), request)
  }

  /// A page in the order of the topic: after a number, with `X-Next-After`, or before one, with `X-Next-Before`.
  private func posts(of id: Int64, _ request: Request) async throws -> Response {
    let (account, paging) = (try request.account(), try Paging(request))
    let isBackwards = request.query["before"] != nil
    let after = try Self.after(request)
    let (page, topic) = try await database.read { connection in
      let id = try ForumTopic.place(of: id, in: connection)
      let topic = try ForumTopic.find(id, for: account, in: connection)
      let seesAll = topic.isModerated(by: account) || account.has(right: Permission.validatePosts.rawValue)
      let page = try connection.page(
        Self.pageSQL(isBackwards), [account.id, id, isBackwards ? paging.before : after, seesAll],
        limit: paging.limit, map: ForumPost.init)
      return (try ForumPost.withFiles(page, in: connection), topic)
    }
    let rows = isBackwards ? page.rows.reversed() : page.rows
    var response = Response.json { json in
      json.array { json in
        for post in rows { post.write(to: &json, for: account, in: topic, request.language) }
      }
    }
    if let next = page.next { response.add(isBackwards ? "X-Next-Before" : "X-Next-After", String(next)) }
    return response
  }

  private static func after(_ request: Request) throws(Failure) -> Int64 {
    guard let text = request.query["after"], !text.isEmpty else { return 0 }
    guard let number = Int64(digits: text) else {
      throw .invalid([
        FieldError("after", "NOT_A_NUMBER", Sentence(fr: "Un nombre entier.", en: "A whole number."))
      ])
    }
    return number
  }

  static func pageSQL(_ isBackwards: Bool) -> String {
    """
    \(ForumPost.select) WHERE p.topic_id = ? AND p.number \(isBackwards ? "<" : ">") ?
      AND (p.status = 'published' OR p.author_id = ?1 OR p.is_first = 1 OR ? AND p.status = 'pending')
    ORDER BY p.number \(isBackwards ? "DESC" : "ASC") LIMIT ?
    """
  }

  private func getPost(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let (post, topic) = try await database.read { try ForumPost.find(id, for: account, in: $0) }
    return answer(post, in: topic, to: request, account)
  }
}
