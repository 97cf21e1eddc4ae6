import CSQLite

/// Registers the SQL functions `fold(text)`, and `holds(needle, text, …)`: 1 when a folded text contains the
/// needle, which must be folded already.
///
/// Both are deterministic, so that triggers and indexes may use them.
func registerTextFunctions(_ database: OpaquePointer) throws {
  let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
  let results = [
    sqlite3_create_function_v2(database, "fold", 1, flags, nil, foldFunction, nil, nil, nil),
    sqlite3_create_function_v2(database, "holds", -1, flags, nil, holdsFunction, nil, nil, nil),
  ]
  guard results.allSatisfy({ $0 == SQLITE_OK }) else { throw StoreError(of: database, sql: nil) }
}

private func foldFunction(
  _ context: OpaquePointer?, _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>?
) {
  guard let text = bytes(of: values?[0]) else { return sqlite3_result_null(context) }
  var folded = Folding.fold(String(decoding: text, as: UTF8.self))
  folded.withUTF8 { bytes in
    bytes.withMemoryRebound(to: CChar.self) { characters in
      // SQLite copies the bytes before the call returns.
      sqlite3_result_text64(
        context, characters.baseAddress, UInt64(characters.count),
        unsafeBitCast(-1, to: sqlite3_destructor_type.self), UInt8(SQLITE_UTF8))
    }
  }
}

private func holdsFunction(
  _ context: OpaquePointer?, _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>?
) {
  guard let values, count > 0, let needle = bytes(of: values[0]) else { return sqlite3_result_null(context) }
  for index in 1..<max(1, Int(count)) {
    guard let text = bytes(of: values[index]) else { continue }
    if Folding.holds(needle, in: text) { return sqlite3_result_int(context, 1) }
  }
  sqlite3_result_int(context, 0)
}

/// Nil for NULL. Valid until the value is read in another type.
private func bytes(of value: OpaquePointer?) -> UnsafeBufferPointer<UInt8>? {
  guard sqlite3_value_type(value) != SQLITE_NULL else { return nil }
  let text = sqlite3_value_text(value)
  return UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(value)))
}

extension Folding {
  /// Whether the folded `text` contains the folded `needle`.
  static func holds(_ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    // Folding collapses white space, which a comparison byte by byte does not.
    if isPlain(text) { return find(needle, in: text, lowered) }
    var folded = fold(String(decoding: text, as: UTF8.self))
    return folded.withUTF8 { find(needle, in: $0) { $0 } }
  }

  /// Whether the text is ASCII without adjacent white space.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var wasSpace = false
    for byte in text {
      let isSpace = lowered(byte) == 0x20
      if byte >= 0x80 || isSpace && wasSpace { return false }
      wasSpace = isSpace
    }
    return true
  }

  @inline(__always) private static func find(
    _ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, _ map: (UInt8) -> UInt8
  ) -> Bool {
    guard let first = needle.first else { return true }
    guard text.count >= needle.count else { return false }
    search: for start in 0...(text.count - needle.count) where map(text[start]) == first {
      for index in 1..<max(1, needle.count) where map(text[start + index]) != needle[index] {
        continue search
      }
      return true
    }
    return false
  }
}
