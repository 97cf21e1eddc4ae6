import HTTP
import Store

/// `/api/forum`: topics and posts. Its categories are a resource (`ForumCategories`).
struct ForumFeature: Feature {
  static let path = "/api/forum"

  let database: Database
  let hub: Hub
  let settings: SystemSettings
  let quotas: Quotas
  let notifications: Notifications
  let site: Site
  let outbox: Outbox

  var routes: [Route] {
    let writing = topicRoutes + topicStateRoutes + mergingRoutes + postRoutes + postStateRoutes
    let others = readingRoutes + moderationRoutes + suggestingRoutes + mailRoutes
    return (writing + others).map { $0.belonging(to: .forum, settings) }
  }

  var jobs: [any JobKind] {
    [ForumMails(site: site, database: database, settings: settings, outbox: outbox)]
  }

  /// The next place in the order of all that is published.
  static func nextNumber(in tx: Transaction) throws -> Int64 {
    try tx.scalar("UPDATE forum_numbers SET last = last + 1 WHERE id = 1 RETURNING last") ?? 0
  }

  func answer(_ topic: ForumTopic, status: Int = 200, to request: Request, _ account: Account) -> Response {
    var response = Response.json(status) { topic.write(to: &$0, for: account, in: request.language) }
    response.add("ETag", topic.tag)
    return response
  }

  func answer(
    _ post: ForumPost, in topic: ForumTopic, status: Int = 200, to request: Request, _ account: Account
  ) -> Response {
    var response = Response.json(status) { post.write(to: &$0, for: account, in: topic, request.language) }
    response.add("ETag", post.tag)
    return response
  }

  /// Sends `{verb, categoryId, topicId, postId}` to the open pages of those who may read the topic; what waits for
  /// approval only to its author and to those who decide.
  func tell(_ verb: String, _ topic: ForumTopic, _ post: ForumPost? = nil, in tx: Transaction) {
    let isPublic = topic.isLive && post?.status != .pending && post?.status != .rejected
    let author = post?.authorID ?? topic.authorID
    let right: Permission = post == nil ? .validateTopics : .validatePosts
    let audience = hub.present().filter { account in
      isPublic
        ? topic.category.isReadable(by: account)
        : account.id == author || topic.category.isDecided(by: account, right)
    }
    guard !audience.isEmpty else { return }
    let frame = Frames.encode("FORUM_UPDATE") { json in
      json.object { json in
        json.field("verb", verb)
        json.id("categoryId", topic.category.id)
        json.id("topicId", topic.id)
        if let post { json.id("postId", post.id) }
      }
    }
    let people = Set(audience.map(\.id))
    tx.afterCommit { [hub] in hub.send(Frame(text: frame), to: people) }
  }
}
