import HTTP
import Store
import Synchronization

/// The files' bytes that are on their way to readers. Who asks for the same file at the same time shares them, and
/// all together are bounded: a slow reader holds them until the last is sent.
final class LentBytes: Sendable {
  /// Bytes of all files that are being sent.
  static let limit = 256 << 20
  /// Pieces read at once.
  private static let stride = 16

  private struct Entry {
    let id: Int64
    let range: Range<Int>
    weak var bytes: SharedBytes?
  }

  private let entries = Mutex<[Entry]>([])

  /// The bytes in `range` of an upload; nil where it is gone meanwhile. Throws 503 when too much is being sent.
  func read(_ range: Range<Int>, of upload: Int64, from database: Database) async throws -> SharedBytes? {
    if let found = try find(range, of: upload) { return found }
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
    guard bytes.count == range.count else { return nil }
    let shared = SharedBytes(bytes)
    entries.withLock { $0.append(Entry(id: upload, range: range, bytes: shared)) }
    return shared
  }

  /// The same bytes where they are lent already. Throws 503 when there is no room for more.
  private func find(_ range: Range<Int>, of upload: Int64) throws(Failure) -> SharedBytes? {
    let (found, total) = entries.withLock { entries -> (SharedBytes?, Int) in
      entries.removeAll { $0.bytes == nil }
      let found = entries.first { $0.id == upload && $0.range == range }?.bytes
      return (found, entries.reduce(0) { $0 + $1.range.count })
    }
    if found == nil, total + range.count > Self.limit { throw .unavailable }
    return found
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
