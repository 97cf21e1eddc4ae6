import HTTP
import Store

/// The searchable rows of one table.
///
/// Triggers (`Migration.searched`) mark changed rows, which the index reads with `rowSQL`.
struct SearchSource: Sendable {
  /// The rows visible to an account at a time: a condition on the table's columns, with a value for each `?`;
  /// nil for none.
  typealias Scope = @Sendable (Account, Int64) -> (sql: String, arguments: [Value])?

  /// The kind in responses, such as `announcements`; letters and hyphens only.
  let kind: String
  /// The name shown to people: "Announcements".
  let label: Sentence
  let table: String
  /// Selects title and text of the row `?`; returns no row when it must not be found.
  let rowSQL: String
  let scope: Scope
  /// Whether the source is searched; false while its module is disabled.
  var isOn: @Sendable () -> Bool = { true }
  /// The page of a row.
  let link: @Sendable (Int64) -> String
  /// False if the title only names the row, as the topic of a post does, and is not searched.
  var isTitleSearched = true

  /// The words of a title that are indexed.
  func tokens(ofTitle title: String) -> SearchTokens { SearchTokens(isTitleSearched ? title : "") }

  /// The kind as one word of the index.
  var word: String { kind.filter { $0 != "-" } }
}

/// A search result.
struct SearchHit: Sendable {
  let kind: String
  let id: Int64
  let title: String
  /// An excerpt of the text, with matches between U+0002 and U+0003.
  let snippet: String
  /// A path of the web page.
  let link: String

  static let schema = Schema.members([
    "kind": .string, "id": .id, "title": .string,
    "snippet": .described("what was found stands between U+0002 and U+0003", .string), "link": .string,
    "label": .string,
  ])

  func write(to json: inout JSONWriter, label: String) {
    json.object { json in
      json.field("kind", kind)
      json.id("id", id)
      json.field("title", title)
      json.field("snippet", snippet)
      json.field("link", link)
      json.field("label", label)
    }
  }
}

/// A source with its own index: messages of the chat.
struct SearchProvider: Sendable {
  let kind: String
  let label: Sentence
  var isOn: @Sendable () -> Bool = { true }
  /// Returns the newest matches that the account may read, at most the given number.
  let find: @Sendable (SearchWords, Account, Int) async throws -> [SearchHit]
}
