extension Migration {
  /// Lists the words of the search index, to look up the endings of an unfinished one.
  static let searchVocabulary = Migration(
    54, "search_vocabulary",
    sql: "CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab (search_index, instance);")
}
