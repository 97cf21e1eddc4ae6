import CCurl

/// The body of a mail as a libcurl MIME tree: mixed(alternative(text, HTML), attachments).
final class MIMEBody {
  let root: OpaquePointer
  private let calls: UnsafePointer<curl_calls>

  init(_ message: Message, calls: UnsafePointer<curl_calls>, easy: UnsafeMutableRawPointer)
    throws(MailerError)
  {
    guard let root = calls.pointee.mime_init(easy) else { throw .noMemory }
    self.root = root
    self.calls = calls
    try addTexts(message, easy: easy)
    for attachment in message.attachments { try add(attachment) }
  }

  deinit { calls.pointee.mime_free(root) }

  private func addTexts(_ message: Message, easy: UnsafeMutableRawPointer) throws(MailerError) {
    guard let html = message.html else { return try add(message.text, type: "text/plain", to: root) }
    guard let alternatives = calls.pointee.mime_init(easy) else { throw .noMemory }
    // From here on the tree owns the alternatives.
    let part = try addPart(to: root)
    guard calls.pointee.mime_subparts(part, alternatives) == CURLE_OK else {
      calls.pointee.mime_free(alternatives)
      throw .noMemory
    }
    try check(calls.pointee.mime_type(part, "multipart/alternative"))
    try add(message.text, type: "text/plain", to: alternatives)
    try add(html, type: "text/html", to: alternatives)
  }

  private func add(_ text: String, type: String, to tree: OpaquePointer) throws(MailerError) {
    let part = try addPart(to: tree)
    try setData(Self.withCRLF(text), of: part)
    try check(calls.pointee.mime_type(part, "\(type); charset=utf-8"))
    try check(calls.pointee.mime_encoder(part, "quoted-printable"))
  }

  private func add(_ attachment: Attachment) throws(MailerError) {
    guard attachment.hasValidType else {
      throw MailerError(kind: .permanent, message: "not a content type for an attachment")
    }
    let part = try addPart(to: root)
    try setData(attachment.bytes, of: part)
    try check(calls.pointee.mime_type(part, attachment.contentType))
    try check(calls.pointee.mime_encoder(part, "base64"))
    let disposition = "Content-Disposition: attachment; \(HeaderText.fileName(attachment.name))"
    let lines = try CurlLines([disposition], calls: calls)
    // The last argument (1) makes the part free the list.
    try check(calls.pointee.mime_headers(part, lines.release(), 1))
  }

  private func addPart(to tree: OpaquePointer) throws(MailerError) -> OpaquePointer {
    guard let part = calls.pointee.mime_addpart(tree) else { throw .noMemory }
    return part
  }

  private func setData(_ bytes: [UInt8], of part: OpaquePointer) throws(MailerError) {
    // An empty array may have a null address, which libcurl treats as a part without a body.
    let result = (bytes.isEmpty ? [0] : bytes).withUnsafeBytes {
      calls.pointee.mime_data(part, $0.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    try check(result)
  }

  private func check(_ result: CURLcode) throws(MailerError) {
    guard result == CURLE_OK else { throw .noMemory }
  }

  /// Text parts use CRLF line endings, whatever the source used.
  private static func withCRLF(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 64)
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte == 0x0a, previous != 0x0d { bytes.append(0x0d) }
      bytes.append(byte)
      previous = byte
    }
    return bytes
  }
}

extension Attachment {
  /// Whether the type is printable ASCII of the form `type/subtype`, so that it cannot inject a header.
  var hasValidType: Bool {
    let parts = contentType.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1)
    return parts.count == 2 && contentType.utf8.count <= 120
      && parts[0].allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
      && parts[1].allSatisfy { (0x20...0x7e).contains($0) }
  }
}
