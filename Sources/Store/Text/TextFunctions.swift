import CSQLite

/// SQL functions that every connection has: `fold(text)`, and `holds(needle, text, …)` which is 1 where one of the
/// texts has the needle, itself folded, anywhere in its folded form.
///
/// They say nothing but what follows from their arguments, so that triggers may use them.
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
      // SQLite copies it before this returns.
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

/// Nil for NULL. Valid until the value is asked for in another form.
private func bytes(of value: OpaquePointer?) -> UnsafeBufferPointer<UInt8>? {
  guard sqlite3_value_type(value) != SQLITE_NULL else { return nil }
  let text = sqlite3_value_text(value)
  return UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(value)))
}

extension Folding {
  /// Whether a text holds a needle that is folded already.
  static func holds(_ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.allSatisfy({ $0 < 0x80 }) { return find(needle, in: text, lowered) }
    var folded = fold(String(decoding: text, as: UTF8.self))
    return folded.withUTF8 { find(needle, in: $0) { $0 } }
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
