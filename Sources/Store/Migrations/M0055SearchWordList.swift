extension Migration {
  /// The words of the search index, to look up the endings of an unfinished one: in the vocabulary of FTS5 that takes as
  /// long as the word before it has rows. Two parts of the index are enough to be merged. Categories are indexed, too.
  static let searchWordList = Migration(
    55, "search_word_list",
    sql: """
      DROP TABLE search_vocabulary;
      CREATE TABLE search_words (word TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
      INSERT INTO search_index (search_index, rank) VALUES ('usermerge', 2);
      \(searched("categories"))
      \(searched("employee_categories", as: "employee-categories"))
      """)
}
