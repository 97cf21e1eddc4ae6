import HTTP
import Store

/// Who is told of what.
extension ForumFeature {
  /// Subjects that group the notifications: news of a topic, and calls to decide about a topic or a post.
  static func subject(_ topic: Int64) -> String { "forum:\(topic)" }
  static func task(topic: Int64) -> String { "forum-topic:\(topic):task" }
  static func task(post: Int64) -> String { "forum-post:\(post):task" }

  private static let mostNames = 50

  /// The people of a table who may read the category of a topic. Argument: the topic.
  private static func readersSQL(_ follows: String, _ condition: String) -> String {
    """
    SELECT users.id FROM forum_topics AS t CROSS JOIN forum_categories AS c ON c.id = t.category_id
    CROSS JOIN \(follows) AS f ON \(condition)
    CROSS JOIN users ON users.id = f.user_id AND users.is_active = 1 AND users.is_approved = 1
    WHERE t.id = ? AND \(categoryReadersSQL)
    """
  }

  /// Whether a row of `users` may read the category `c`.
  static let categoryReadersSQL = """
    (users.role IN ('moderator', 'admin')
      OR EXISTS (SELECT 1 FROM json_each(c.moderator_ids) WHERE value = CAST(users.id AS TEXT))
      OR c.is_visible = 1 AND \(Readership.includesSQL("c.permissions", "users")))
    """
  static let topicFollowersSQL = readersSQL("forum_topic_follows", "f.topic_id = t.id AND f.is_on = 1")
  static let categoryFollowersSQL = readersSQL("forum_category_follows", "f.category_id = c.id")

  private static func followers(_ sql: String, of topic: ForumTopic, in tx: Transaction) throws -> [Int64] {
    try tx.query(sql, topic.id) { $0.int64(0) }
  }

  /// Tells of a new topic: those who follow its category and those it mentions, or those who decide about it.
  func noteNew(_ topic: ForumTopic, _ content: String?, by account: Account, in tx: Transaction) throws {
    tell("create", topic, in: tx)
    guard topic.isLive else { return try callDeciders(topic, nil, by: account, in: tx) }
    try announce(topic, content, in: tx)
  }

  private func announce(_ topic: ForumTopic, _ content: String?, in tx: Transaction) throws {
    let author = try topic.authorID.flatMap { try Account.find($0, in: tx) }
    let named = try people(named: content ?? "", in: topic, tx)
    try inform(named, .forumMention, topic, by: author, in: tx)
    let followers = try Self.followers(Self.categoryFollowersSQL, of: topic, in: tx)
    try inform(followers.filter { !named.contains($0) }, .forumTopic, topic, by: author, in: tx)
  }

  /// Tells of a new post: those it mentions or answers and those who follow the topic, or those who decide about it.
  func notePost(_ post: ForumPost, in topic: ForumTopic, by account: Account, in tx: Transaction) throws {
    tell("post", topic, post, in: tx)
    if topic.status == .pending { return }
    guard post.isLive else { return try callDeciders(topic, post, by: account, in: tx) }
    try spread(post, in: topic, tx)
  }

  private func spread(_ post: ForumPost, in topic: ForumTopic, _ tx: Transaction) throws {
    try tx.execute("UPDATE forum_posts SET is_told = 1 WHERE id = ?", post.id)
    let author = try post.authorID.flatMap { try Account.find($0, in: tx) }
    let named = try people(named: post.content, in: topic, tx)
    try inform(named, .forumMention, topic, by: author, post: post.id, in: tx)
    // A first post that comes after its topic was announced is no reply.
    if post.isFirst { return }
    var others = Set(try Self.followers(Self.topicFollowersSQL, of: topic, in: tx))
    if let quoted = post.quote?.id {
      let answered = try tx.scalar("SELECT author_id FROM forum_posts WHERE id = ?", quoted)
      if let answered, let person = try Account.find(answered, in: tx), topic.isReadable(by: person) {
        others.insert(answered)
      }
    }
    try inform(others.subtracting(named), .forumReply, topic, by: author, post: post.id, in: tx)
  }

  /// Tells those whom an edit mentions and the earlier text did not.
  func mention(
    in post: ForumPost, except old: [String], of topic: ForumTopic, by account: Account?, in tx: Transaction
  ) throws {
    let known = Set(old.map { $0.lowercased() })
    let names = Mentions.names(in: post.content).filter { !known.contains($0.lowercased()) }
    let named = try people(names, in: topic, tx)
    try inform(named, .forumMention, topic, by: account, post: post.id, in: tx)
  }

  private func people(named text: String, in topic: ForumTopic, _ tx: Transaction) throws -> Set<Int64> {
    try people(Mentions.names(in: text), in: topic, tx)
  }

  private func people(_ names: [String], in topic: ForumTopic, _ tx: Transaction) throws -> Set<Int64> {
    var found: Set<Int64> = []
    for name in names.prefix(Self.mostNames) {
      guard let person = try Account.find(login: name, in: tx), person.isActive, topic.isReadable(by: person)
      else {
        continue
      }
      found.insert(person.id)
    }
    return found
  }
}

/// Moderators and decisions.
extension ForumFeature {
  static let moderatorsSQL = """
    SELECT id FROM users WHERE role IN ('moderator', 'admin') AND is_active = 1 AND is_approved = 1
    """

  func moderators(of category: ForumCategory, in tx: Transaction) throws -> Set<Int64> {
    Set(try tx.query(Self.moderatorsSQL) { $0.int64(0) }).union(category.moderators)
  }

  /// Calls those who decide about a topic, or about a post in it.
  func callDeciders(_ topic: ForumTopic, _ post: ForumPost?, by account: Account, in tx: Transaction) throws {
    let right: Permission = post == nil ? .validateTopics : .validatePosts
    var people = try moderators(of: topic.category, in: tx)
    for id in try tx.query(Notifications.managersSQL, right.rawValue, map: { $0.int64(0) })
    where !people.contains(id) {
      guard let person = try Account.find(id, in: tx) else { continue }
      if topic.category.isDecided(by: person, right) { people.insert(id) }
    }
    try inform(
      people, .forumModeration, topic, by: account, task: post == nil ? "topic" : "post", post: post?.id,
      subject: post.map { Self.task(post: $0.id) } ?? Self.task(topic: topic.id), in: tx)
  }

  func noteDecided(
    _ topic: ForumTopic, _ content: String?, _ status: ForumStatus, by account: Account, in tx: Transaction
  ) throws {
    try notifications.settle(Self.task(topic: topic.id), in: tx)
    tell("decide", topic, in: tx)
    if let author = topic.authorID {
      try inform([author], .forumDecision, topic, by: account, task: "topic-\(status.rawValue)", in: tx)
    }
    if status == .published { try announce(topic, content, in: tx) }
  }

  func noteDecided(
    _ post: ForumPost, in topic: ForumTopic, _ status: ForumStatus, by account: Account, in tx: Transaction
  ) throws {
    try notifications.settle(Self.task(post: post.id), in: tx)
    tell("decide", topic, post, in: tx)
    if let author = post.authorID {
      try inform(
        [author], .forumDecision, topic, by: account, task: "post-\(status.rawValue)", post: post.id, in: tx)
    }
    guard post.isLive else { return }
    // What was published before, and edited, tells only those whom it mentions anew.
    guard post.isTold else { return try spread(post, in: topic, tx) }
    let texts = try tx.query("SELECT content FROM forum_edits WHERE post_id = ?", post.id) { $0.text(0) }
    let editor = try post.authorID.flatMap { try Account.find($0, in: tx) }
    try mention(in: post, except: texts.flatMap(Mentions.names(in:)), of: topic, by: editor, in: tx)
  }

  func inform(
    _ people: some Sequence<Int64>, _ kind: Notice.Kind, _ topic: ForumTopic, by actor: Account?,
    task: String = "",
    post: Int64? = nil, subject: String? = nil, in tx: Transaction
  ) throws {
    let link = kind == .forumModeration ? "/forum/moderation" : post.map { "/forum/posts/\($0)" }
    var details = ["name": topic.title]
    if !task.isEmpty { details["task"] = task }
    try notifications.notify(
      people,
      of: Notice(
        kind: kind, subject: subject ?? Self.subject(topic.id), link: link ?? "/forum/topics/\(topic.id)",
        actor: actor?.id, details: details), in: tx)
  }
}
