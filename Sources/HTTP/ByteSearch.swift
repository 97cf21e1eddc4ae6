import Glibc

/// Substring search on bytes.
enum ByteSearch {
  /// The first index of `wanted` at or after `from`.
  static func first(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>, from: Int) -> Int? {
    let from = max(from, bytes.startIndex)
    guard let head = wanted.first, from < bytes.endIndex else { return nil }
    let found = bytes[from...].withUnsafeBytes { space -> Int? in
      guard let start = space.baseAddress else { return nil }
      var place = 0
      while place + wanted.count <= space.count {
        guard let next = memchr(start + place, Int32(head), space.count - place) else { return nil }
        place = UnsafeRawPointer(next) - start
        if space[place...].starts(with: wanted) { return place }
        place += 1
      }
      return nil
    }
    return found.map { from + $0 }
  }
}
