import Glibc
import Store
import Synchronization
import TestSupport
import Testing
import Threads

/// A folder for one test, deleted with its content.
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
    checked: @escaping @Sendable (Integrity) -> Void = { _ in },
    checkpointing: @escaping @Sendable () -> Void = {},
    upgrading: @escaping @Sendable (UpgradeStep) -> Void = { _ in }
  ) throws -> Database {
    try Database.open(
      path: database, readers: readers, migrations: migrations, reserve: reserve, clock: clock,
      log: { log.append($0) }, checked: checked, checkpointing: checkpointing, upgrading: upgrading)
  }
}

/// A table for the tests: a unique title, a checked size, and a deferred foreign key to the parent.
let notes = Migration(
  1, "notes",
  sql: """
    CREATE TABLE notes (
      id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, size INTEGER CHECK (size >= 0),
      parent INTEGER REFERENCES notes (id), later INTEGER REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    """)

/// Values recorded by several threads, in order.
final class Record<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
  /// Signalled with each value.
  let changes = Changes()

  var all: [Element] { elements.withLock { $0 } }

  func append(_ element: Element) {
    elements.withLock { $0.append(element) }
    changes.signal()
  }
}

/// Holds what runs on a thread of the database until the test opens the gate, which stays open.
final class Gate: Sendable {
  private let isReached = Flag()
  private let opening = CountingSemaphore()

  /// Called on the database's thread; gives up after a minute.
  func pass() {
    isReached.raise()
    if opening.wait(for: .seconds(60)) { opening.signal() }
  }

  func open() {
    opening.signal()
  }

  func reached() async throws {
    #expect(await isReached.raised(), "the gate was not reached")
  }
}

extension Database {
  /// Queues a write without waiting for it; it is in the queue when this returns.
  func ask(_ body: @escaping @Sendable (Transaction) throws -> Void) -> Asked {
    let asked = Asked()
    write(body) { result in asked.finish(result) }
    return asked
  }
}

/// A queued write.
final class Asked: Sendable {
  private let result = Mutex<Result<Void, any Error>?>(nil)
  private let isOver = Flag()

  func finish(_ result: Result<Void, any Error>) {
    self.result.withLock { $0 = result }
    isOver.raise()
  }

  /// Waits until it is done; returns its error or nil.
  func refusal() async -> StoreError? {
    await isOver.raised()
    guard case .failure(let error)? = result.withLock({ $0 }) else { return nil }
    return error as? StoreError
  }
}

/// The error of `body`; nil when it succeeded.
func refusal(of body: () async throws -> some Any) async -> StoreError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? StoreError
  }
}
