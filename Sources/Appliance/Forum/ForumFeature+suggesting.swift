import HTTP
import Store

/// What is suggested while somebody writes: topics that are like the new one, and people to mention.
extension ForumFeature {
  private static let mostSimilar = 5
  private static let mostPeople = 8

  var suggestingRoutes: [Route] {
    let person = Schema.members(["id": .id, "username": .string, "name": .string])
    return [
      .get(
        Self.path + "/similar", .signedIn, "List topics whose titles are like one, the best first",
        response: .array(ForumTopic.schema), similar
      ).reading(.init("title", .string, "the title; nothing is like an empty one")),
      .get(
        Self.path + "/people", .signedIn, "List people who may read a category, to mention them",
        response: .array(person), people
      ).reading(
        .init("categoryId", .id, "the category; this or `topicId`"), .init("topicId", .id, "a topic of it"),
        .init("q", .string, "a part of their name or username")),
    ]
  }

  private func similar(_ request: Request) async throws -> Response {
    let account = try request.account()
    let title = request.query["title"] ?? ""
    let source = ForumSearch.topics(settings)
    let topics = try await database.read { connection in
      let rows = try SearchSimilar(source: source, account: account, connection: connection)
        .rows(title, most: Self.mostSimilar)
      return try rows.compactMap { try ForumTopic.seen($0, by: account, in: connection) }.filter(\.isLive)
    }
    return .json { json in
      json.array { json in
        for topic in topics { topic.write(to: &json, for: account, in: request.language) }
      }
    }
  }

  /// Arguments: the category, the account, which is not among them, and what the names hold.
  static let peopleSQL = """
    SELECT users.id, users.username, users.name FROM forum_categories AS c
    CROSS JOIN users ON users.id < 9223372036854775807
    WHERE c.id = ?1 AND users.id <> ?2 AND users.is_active = 1 AND users.is_approved = 1
      AND (?3 = '' OR holds(?3, users.name, users.username)) AND \(categoryReadersSQL)
    ORDER BY users.id DESC LIMIT \(mostPeople)
    """

  private func people(_ request: Request) async throws -> Response {
    let account = try request.account()
    let needle = SearchPattern(request.query["q"])?.needle ?? ""
    let wanted = try Self.place(in: request)
    let found = try await database.read { connection in
      let category =
        if let topic = wanted.topic {
          try ForumTopic.seen(try ForumTopic.place(of: topic, in: connection), by: account, in: connection)?
            .category
        } else {
          try wanted.category.flatMap { try ForumCategory.find($0, for: account, in: connection) }
        }
      guard let category else { throw Failure.notFound }
      return try connection.query(Self.peopleSQL, category.id, account.id, needle) { row in
        (id: row.int64(0), username: row.text(1), name: row.text(2))
      }
    }
    return .json { json in
      json.array { json in
        for person in found {
          json.object { json in
            json.id("id", person.id)
            json.field("username", person.username)
            json.field("name", person.name)
          }
        }
      }
    }
  }

  /// Throws 400 unless the query names one.
  private static func place(in request: Request) throws(Failure) -> (category: Int64?, topic: Int64?) {
    let topic = request.query["topicId"].flatMap { Int64(digits: $0) }
    let category = request.query["categoryId"].flatMap { Int64(digits: $0) }
    guard topic != nil || category != nil else { throw ForumFailure.unknown("categoryId") }
    return (category, topic)
  }
}
