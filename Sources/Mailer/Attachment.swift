/// A file that travels with a mail.
public struct Attachment: Sendable, Equatable {
  /// Shown by the reader's program; folders and control characters are replaced when it is written.
  public var name: String
  /// `type/subtype`, with parameters or without: `text/plain; charset=utf-8`.
  public var contentType: String
  public var bytes: [UInt8]

  public init(name: String, contentType: String, bytes: [UInt8]) {
    self.name = name
    self.contentType = contentType
    self.bytes = bytes
  }
}
