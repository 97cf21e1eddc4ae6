import Glibc
import Store
import Synchronization
import Testing

/// A folder of one test, removed with what is in it.
final class Folder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/store-test-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template))
    path = String(cString: made)
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  var database: String { path + "/box.db" }

  var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func open(
    readers: Int = 2, migrations: [Migration] = [notes], clock: @escaping @Sendable () -> Int64 = { 1000 },
    reserve: Int64 = 0, log: Record<String> = Record(),
    checked: @escaping @Sendable (Integrity) -> Void = { _ in }
  ) throws -> Database {
    try Database.open(
      path: database, readers: readers, migrations: migrations, reserve: reserve, clock: clock,
      log: { log.append($0) }, checked: checked)
  }
}

/// A table for the tests: a unique title, a checked size, a parent looked at when the commit comes.
let notes = Migration(
  1, "notes",
  sql: """
    CREATE TABLE notes (
      id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, size INTEGER CHECK (size >= 0),
      parent INTEGER REFERENCES notes (id), later INTEGER REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    """)

/// What several threads tell, in the order in which they told it.
final class Record<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  var all: [Element] { elements.withLock { $0 } }

  func append(_ element: Element) {
    elements.withLock { $0.append(element) }
  }
}

/// Holds a closure of the database until the test has arranged what it needs.
final class Gate: Sendable {
  private let isOpen = Atomic(false)
  private let isReached = Atomic(false)

  /// Called on the database's thread; gives up after ten seconds.
  func pass() {
    isReached.store(true, ordering: .releasing)
    let start = seconds()
    while !isOpen.load(ordering: .acquiring), seconds() - start < 60 { sched_yield() }
  }

  func open() {
    isOpen.store(true, ordering: .releasing)
  }

  func reached() async throws {
    try await eventually { self.isReached.load(ordering: .acquiring) }
  }
}

/// Lets others run until `condition` holds; fails after a minute.
func eventually(_ condition: () -> Bool) async throws {
  let start = seconds()
  while !condition() {
    try #require(seconds() - start < 60, "what was waited for did not happen")
    await Task.yield()
  }
}

/// The refusal of `body`, or nil if it went well.
func refusal(of body: () async throws -> some Any) async -> StoreError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? StoreError
  }
}

private func seconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec
}
