/// The parts of a `multipart/form-data` body (RFC 7578), as ranges of it.
public struct Multipart: Sendable {
  public struct Part: Sendable, Equatable {
    /// The name of the form field; "" when it has none.
    public let name: String
    /// As sent by the client, possibly with a path; nil for a field that is not a file.
    public let fileName: String?
    /// The range of the content within the body.
    public let content: Range<Int>
  }

  public let parts: [Part]

  /// Maximum bytes of one part's headers.
  static let headerLimit = 8 << 10
  static let mostParts = 100

  /// The first part that is a file: one with a file name, which may be empty if the part has content.
  public var firstFile: Part? {
    parts.first { part in part.fileName.map { !($0.isEmpty && part.content.isEmpty) } ?? false }
  }

  /// Whether the content type is `multipart/form-data`.
  public static func isMeant(by contentType: String?) -> Bool {
    contentType?.split(byte: ";").first?.without(byte: " ").lowercased() == "multipart/form-data"
  }

  /// Throws 400 `MALFORMED_MULTIPART` for a body that is malformed or truncated.
  public init(parsing body: [UInt8], contentType: String) throws(Failure) {
    guard let boundary = Self.boundary(in: contentType) else { throw Self.malformed }
    let delimiter = Array("--".utf8) + boundary
    guard var position = Self.find(delimiter, in: body, from: 0, isFirst: true)?.end else {
      throw Self.malformed
    }
    var parts: [Part] = []
    while !Self.isClosing(body, at: position) {
      guard let start = Self.lineEnd(body, from: position), parts.count < Self.mostParts,
        let next = Self.find(delimiter, in: body, from: start - 2, isFirst: false),
        let part = Self.part(body, start..<max(start, next.start))
      else { throw Self.malformed }
      parts.append(part)
      position = next.end
    }
    self.parts = parts
  }

  /// The boundary parameter: 1 to 70 characters, quoted or not.
  static func boundary(in contentType: String) -> [UInt8]? {
    guard isMeant(by: contentType), let value = HeaderParameters(contentType)["boundary"] else { return nil }
    let bytes = Array(value.utf8)
    let isAllowed = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    return (1...70).contains(bytes.count) && isAllowed && bytes.last != 0x20 ? bytes : nil
  }

  /// The next delimiter at the start of a line that is not a prefix of a longer one; `start` is the end of
  /// the content before it.
  private static func find(
    _ delimiter: [UInt8], in body: [UInt8], from: Int, isFirst: Bool
  ) -> (start: Int, end: Int)? {
    if isFirst, body.starts(with: delimiter), endsLine(body, at: delimiter.count) {
      return (0, delimiter.count)
    }
    // Searching with the line break in front skips most content that resembles the delimiter.
    let line = [0x0D, 0x0A] + delimiter
    var position = max(0, from)
    while let found = ByteSearch.first(line, in: body[...], from: position) {
      let end = found + line.count
      if endsLine(body, at: end) { return (found, end) }
      position = end
    }
    return nil
  }

  private static func endsLine(_ body: [UInt8], at position: Int) -> Bool {
    isClosing(body, at: position) || lineEnd(body, from: position) != nil
  }

  private static func isClosing(_ body: [UInt8], at position: Int) -> Bool {
    position + 2 <= body.count && body[position] == UInt8(ascii: "-")
      && body[position + 1] == UInt8(ascii: "-")
  }

  /// The position after the line break, if only blanks precede it.
  private static func lineEnd(_ body: [UInt8], from position: Int) -> Int? {
    var position = position
    while position < body.count, body[position] == 0x20 || body[position] == 0x09 { position += 1 }
    guard position + 2 <= body.count, body[position] == 0x0D, body[position + 1] == 0x0A else { return nil }
    return position + 2
  }

  /// Parses headers, an empty line and content.
  private static func part(_ body: [UInt8], _ range: Range<Int>) -> Part? {
    var disposition: HeaderParameters?
    var position = range.lowerBound
    while true {
      let limit = min(range.upperBound, range.lowerBound + headerLimit)
      guard let end = ByteSearch.first([0x0D, 0x0A], in: body[..<limit], from: position) else { return nil }
      if end == position {
        return Part(
          name: disposition?["name"] ?? "", fileName: disposition?.fileName,
          content: end + 2..<range.upperBound)
      }
      let line = body[position..<end]
      if let colon = line.firstIndex(of: UInt8(ascii: ":")),
        Headers.equal(line[..<colon], "content-disposition".utf8)
      {
        disposition = HeaderParameters(String(decoding: line[(colon + 1)...], as: UTF8.self))
      }
      position = end + 2
    }
  }

  private static let malformed = Failure(
    400, "MALFORMED_MULTIPART",
    Sentence(
      fr: "Formulaire incomplet ou non valide.",
      en: "Incomplete or invalid form."
    ))
}
