import HTTP
import Store
import Synchronization

/// Limits the memory of files being sent. Concurrent requests for the same bytes share them; a slow reader
/// holds them until the end.
final class DownloadBudget: Sendable {
  /// Number of chunks read in one transaction.
  private static let stride = 16

  private struct Key: Hashable {
    let upload: Int64
    let range: Range<Int>
  }

  private struct Weak {
    weak var bytes: SharedBytes?
  }

  private struct State {
    var reading: [Key: Task<SharedBytes?, any Error>] = [:]
    var lent: [Key: Weak] = [:]

    mutating func total() -> Int {
      lent = lent.filter { $0.value.bytes != nil }
      return (Array(lent.keys) + reading.keys).reduce(0) { $0 + $1.range.count }
    }
  }

  private enum Found {
    case ready(SharedBytes)
    case soon(Task<SharedBytes?, any Error>)
    case full
  }

  private let database: Database
  private let limit: Int
  private let state = Mutex(State())

  /// `limit` is the maximum number of bytes held for all files.
  init(_ database: Database, limit: Int = 256 << 20) {
    self.database = database
    self.limit = limit
  }

  /// The bytes in `range` of an upload; nil when it was deleted meanwhile. Throws 503 over the limit.
  func read(_ range: Range<Int>, of upload: Int64) async throws -> SharedBytes? {
    switch find(Key(upload: upload, range: range)) {
    case .ready(let bytes): return bytes
    case .soon(let task): return try await task.value
    case .full: throw Failure.unavailable
    }
  }

  private func find(_ key: Key) -> Found {
    state.withLock { state in
      if let bytes = state.lent[key]?.bytes { return .ready(bytes) }
      if let task = state.reading[key] { return .soon(task) }
      guard state.total() + key.range.count <= limit else { return .full }
      let task = Task { try await load(key) }
      state.reading[key] = task
      return .soon(task)
    }
  }

  private func load(_ key: Key) async throws -> SharedBytes? {
    let result: Result<SharedBytes?, any Error>
    do { result = .success(try await bytes(key.range, of: key.upload)) } catch { result = .failure(error) }
    state.withLock { state in
      state.reading[key] = nil
      if case .success(let bytes?) = result { state.lent[key] = Weak(bytes: bytes) }
    }
    return try result.get()
  }

  private func bytes(_ range: Range<Int>, of upload: Int64) async throws -> SharedBytes? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    let size = NewUpload.chunkSize
    let chunks = range.lowerBound / size..<(range.upperBound + size - 1) / size
    for first in Swift.stride(from: chunks.lowerBound, to: chunks.upperBound, by: Self.stride) {
      let next = min(first + Self.stride, chunks.upperBound)
      bytes += try await database.read { connection in
        try Self.read(first..<next, range, of: upload, in: connection)
      }
    }
    return bytes.count == range.count ? SharedBytes(bytes) : nil
  }

  private static func read(
    _ chunks: Range<Int>, _ range: Range<Int>, of upload: Int64, in connection: Connection
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try connection.forEach(
      "SELECT number, data FROM upload_chunks WHERE upload_id = ? AND number >= ? AND number < ? ORDER BY number",
      upload, chunks.lowerBound, chunks.upperBound
    ) { row in
      let start = row.int(0) * NewUpload.chunkSize
      row.withBlob(1) { data in
        let wanted = range.clamped(to: start..<start + data.count)
        bytes.append(contentsOf: data[(wanted.lowerBound - start)..<(wanted.upperBound - start)])
      }
    }
    return bytes
  }
}
