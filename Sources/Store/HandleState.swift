import CSQLite

/// State shared with SQLite's callbacks, at a fixed address.
struct HandleState {
  var isPrivileged = false
  var walPages: Int32 = 0
}

/// Must run once before the first connection: SQLite's memory statistics take a process-wide lock at each
/// allocation.
let configured: Int32 = store_skip_memory_statistics()

/// SQLite's authorizer callback: closures may neither control transactions nor change settings of the
/// connection.
func authorize(
  _ state: UnsafeMutableRawPointer?, _ action: Int32, _ first: UnsafePointer<CChar>?,
  _ second: UnsafePointer<CChar>?, _ third: UnsafePointer<CChar>?, _ fourth: UnsafePointer<CChar>?
) -> Int32 {
  switch action {
  case SQLITE_TRANSACTION, SQLITE_SAVEPOINT, SQLITE_ATTACH, SQLITE_DETACH: break
  case SQLITE_PRAGMA:
    if isHarmless(pragma: first, argument: second) { return SQLITE_OK }
  default: return SQLITE_OK
  }
  let isPrivileged = state?.assumingMemoryBound(to: HandleState.self).pointee.isPrivileged ?? false
  return isPrivileged ? SQLITE_OK : SQLITE_DENY
}

/// SQLite's WAL hook: called after each commit with the length of the log in pages.
func countPages(
  _ state: UnsafeMutableRawPointer?, _ database: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ pages: Int32
) -> Int32 {
  state?.assumingMemoryBound(to: HandleState.self).pointee.walPages = pages
  return SQLITE_OK
}

/// True for a pragma that is only read, and for `data_version`, which FTS5 uses itself.
private func isHarmless(pragma: UnsafePointer<CChar>?, argument: UnsafePointer<CChar>?) -> Bool {
  guard let pragma else { return false }
  let name = String(cString: pragma).lowercased()
  return questions.contains(name) || (argument == nil && readableSettings.contains(name))
}

private let questions: Set<String> = [
  "data_version", "table_info", "table_xinfo", "table_list", "index_list", "index_info", "foreign_key_list",
  "foreign_key_check", "quick_check", "integrity_check", "page_count", "freelist_count",
]

private let readableSettings: Set<String> = [
  "synchronous", "foreign_keys", "journal_mode", "query_only", "cache_size", "page_size", "max_page_count",
]
