/// Untrusted bytes with checked access: reading beyond the end returns nil.
struct FileBytes {
  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  var count: Int { bytes.count }

  subscript(place: Int) -> UInt8? {
    guard place >= 0, place < bytes.count else { return nil }
    return bytes[bytes.startIndex + place]
  }

  /// The `length` bytes at `start`; nil unless all exist.
  func part(_ start: Int, _ length: Int) -> ArraySlice<UInt8>? {
    guard start >= 0, length >= 0, start <= bytes.count, length <= bytes.count - start else { return nil }
    return bytes[(bytes.startIndex + start)..<(bytes.startIndex + start + length)]
  }

  func has(_ word: StaticString, at place: Int = 0) -> Bool {
    guard let part = part(place, word.utf8CodeUnitCount) else { return false }
    return part.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  func has(_ wanted: [UInt8], at place: Int = 0) -> Bool {
    part(place, wanted.count)?.elementsEqual(wanted) ?? false
  }

  /// A big-endian number of one to four bytes.
  func big(_ place: Int, _ length: Int) -> Int? {
    part(place, min(length, 4))?.reduce(0) { $0 << 8 | Int($1) }
  }

  /// A little-endian number of one to four bytes.
  func little(_ place: Int, _ length: Int) -> Int? {
    part(place, min(length, 4))?.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func text(_ place: Int, _ length: Int) -> String? {
    part(place, length).map { String(decoding: $0, as: UTF8.self) }
  }
}
