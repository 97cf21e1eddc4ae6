/// A file attached to a mail.
public struct Attachment: Sendable, Equatable {
  /// The file name shown to the reader; folders and control characters are removed when it is written.
  public var name: String
  /// `type/subtype`, optionally with parameters: `text/plain; charset=utf-8`.
  public var contentType: String
  public var bytes: [UInt8]

  public init(name: String, contentType: String, bytes: [UInt8]) {
    self.name = name
    self.contentType = contentType
    self.bytes = bytes
  }
}
