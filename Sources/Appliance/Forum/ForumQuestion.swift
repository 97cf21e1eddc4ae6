import HTTP
import Store

/// The filters of a list of topics.
struct ForumQuestion: Sendable {
  private(set) var conditions: [String] = []
  private(set) var arguments: [Value]
  let category: Int64?
  let limit: Int

  static let parameters =
    QueryParameter.paging + [
      .init("q", .string, "only topics with this text"),
      .init("categoryId", .id, "only topics of this category"),
      .flag("top", "1: only sticky and pinned ones and announcements; 0: only the others"),
      .flag("mine", "1: only your own"), .flag("followed", "1: only those that you follow"),
      .flag("unread", "1: only those with posts that you have not read"),
      .flag("deleted", "1: only deleted ones of categories that you moderate"),
    ]

  /// Throws 400 for invalid parameters.
  init(_ request: Request, for account: Account) throws(Failure) {
    let (query, paging) = (request.query, try Paging(request))
    limit = paging.limit
    arguments = [account.id.value]
    category = try Self.category(query["categoryId"])
    let isOwn = try query.flag("mine")
    if let category {
      // One's own topics are read by the index of authors, all others by that of their category.
      add("\(isOwn ? "+" : "")t.category_id = ?", category)
    } else {
      add(ForumCategory.isOne("t.category_id", ForumCategory.readable(by: account)))
    }
    add("t.activity < ?", paging.before)
    if try query.flag("deleted") {
      add("t.deleted_at IS NOT NULL AND t.merged_into IS NULL")
      add(ForumCategory.isOne("t.category_id", ForumCategory.moderated(by: account)))
    } else {
      add("t.deleted_at IS NULL AND (t.status = 'published' OR t.author_id = ?1)")
    }
    if query["top"].map({ !$0.isEmpty }) == true {
      let isTop = try query.flag("top")
      add(
        isTop
          ? "t.is_sticky + t.is_pinned + t.is_announcement > 0"
          : "t.is_sticky + t.is_pinned + t.is_announcement = 0")
    }
    if isOwn { add("t.author_id = ?1") }
    if try query.flag("followed") { add("f.is_on = 1") }
    if try query.flag("unread") { add("t.activity > max(coalesce(r.number, 0), coalesce(b.number, 0))") }
    if let pattern = SearchPattern(query["q"]) {
      add(SearchPattern.condition(["t.title", "t.description", "t.tags"]), pattern.needle)
    }
  }

  private static func category(_ text: String?) throws(Failure) -> Int64? {
    guard let text, !text.isEmpty else { return nil }
    guard let id = Int64(digits: text), id > 0 else { throw ForumFailure.unknown("categoryId") }
    return id
  }

  private mutating func add(_ condition: ForumCategory.Condition) {
    conditions.append(condition.sql)
    arguments += condition.arguments
  }

  private mutating func add(_ condition: String, _ values: any Bindable...) {
    conditions.append(condition)
    arguments += values.map(\.value)
  }

  var sql: String {
    "\(ForumTopic.select) WHERE \(conditions.joined(separator: " AND ")) ORDER BY t.activity DESC LIMIT ?"
  }
}
