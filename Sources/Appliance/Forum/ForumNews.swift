import HTTP
import Store

/// What was published after a number, and not yet read, in the categories and topics that a person follows.
struct ForumNews: Sendable {
  struct Topic: Sendable {
    let id: Int64
    let title: String
    let activity: Int64
    /// The number of new posts of others, at most 100.
    let posts: Int
  }

  /// New topics of categories, and topics with new replies; the last active ones first.
  let opened: [Topic]
  let answered: [Topic]

  init(for account: Account, since number: Int64, in connection: Connection) throws {
    let readable = ForumCategory.isOne("t.category_id", ForumCategory.readable(by: account))
    func topics(_ sql: String) throws -> [Topic] {
      try connection.query(
        sql, arguments: [account.id.value, number.value] + readable.arguments + [ForumMails.mostRead.value]
      ) { row in
        Topic(id: row.int64(0), title: row.text(1), activity: row.int64(2), posts: row.int(3))
      }
      .filter { $0.posts > 0 }.sorted { $0.activity > $1.activity }
    }
    opened = try topics(Self.openedSQL(readable.sql))
    let known = Set(opened.map(\.id))
    answered = try topics(Self.answeredSQL(readable.sql)).filter { !known.contains($0.id) }
  }

  /// Arguments: the person, the number, those of the condition, the limit.
  private static func sql(_ from: String, _ condition: String) -> String {
    """
    SELECT t.id, t.title, t.activity, (SELECT count(*) FROM (SELECT 1 FROM forum_posts AS p WHERE p.topic_id = t.id
      AND p.status = 'published' AND p.deleted_at IS NULL
      AND p.number > max(?2, coalesce(r.number, 0), coalesce(b.number, 0)) AND \(ForumMerge.isMissedSQL)
      AND p.author_id IS NOT ?1 LIMIT 100))
    FROM \(from)
    LEFT JOIN forum_reads AS r ON r.user_id = ?1 AND r.topic_id = t.id
    LEFT JOIN forum_readers AS b ON b.user_id = ?1
    WHERE f.user_id = ?1 AND t.activity > ?2 AND t.status = 'published' AND t.deleted_at IS NULL
      AND t.activity > max(coalesce(r.number, 0), coalesce(b.number, 0)) AND \(condition) LIMIT ?
    """
  }

  static func openedSQL(_ condition: String) -> String {
    sql(
      """
      forum_category_follows AS f CROSS JOIN forum_topics AS t
        ON t.category_id = f.category_id AND t.number > ?2 AND t.author_id IS NOT ?1
      """, condition)
  }

  static func answeredSQL(_ condition: String) -> String {
    sql(
      "forum_topic_follows AS f CROSS JOIN forum_topics AS t ON t.id = f.topic_id AND f.is_on = 1", condition)
  }
}

/// The mail about it.
extension ForumNews {
  /// Nil when nothing is new.
  func digest(at url: String) -> MailTemplate.Digest? {
    let counted = [Self.counted(topics: opened.count), Self.counted(answered: answered.count)].compactMap {
      $0
    }
    guard let first = counted.first else { return nil }
    let items =
      opened.map { Self.item($0, isNew: true, url) } + answered.map { Self.item($0, isNew: false, url) }
    return MailTemplate.Digest(
      counted: [Sentence(fr: "Forum\u{a0}: \(first.fr)", en: "Forum: \(first.en)")] + counted.dropFirst(),
      items: Array(items.prefix(ForumMails.mostListed)), more: max(0, items.count - ForumMails.mostListed),
      pageLink: url + "/forum", preferencesLink: url + "/notifications/preferences",
      opening: Sentence(
        fr: "Les nouveautés des catégories et des sujets que vous suivez\u{a0}:",
        en: "What is new in the categories and topics that you follow:"),
      button: Sentence(fr: "Ouvrir le forum", en: "Open the forum"))
  }

  private static func item(_ topic: Topic, isNew: Bool, _ url: String) -> MailTemplate.Digest.Item {
    .init(
      title: Sentence(fr: topic.title, en: topic.title),
      note: isNew ? Sentence(fr: "Nouveau sujet", en: "New topic") : replies(topic.posts),
      link: "\(url)/forum/topics/\(topic.id)")
  }

  private static func replies(_ count: Int) -> Sentence {
    count == 1
      ? Sentence(fr: "1 nouvelle réponse", en: "1 new reply")
      : Sentence(fr: "\(count) nouvelles réponses", en: "\(count) new replies")
  }

  private static func counted(topics count: Int) -> Sentence? {
    switch count {
    case 0: nil
    case 1: Sentence(fr: "1 nouveau sujet", en: "1 new topic")
    default: Sentence(fr: "\(count) nouveaux sujets", en: "\(count) new topics")
    }
  }

  private static func counted(answered count: Int) -> Sentence? {
    switch count {
    case 0: nil
    case 1: Sentence(fr: "des réponses dans 1 sujet", en: "replies in 1 topic")
    default: Sentence(fr: "des réponses dans \(count) sujets", en: "replies in \(count) topics")
    }
  }
}
