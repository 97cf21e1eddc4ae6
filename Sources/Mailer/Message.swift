/// One mail to one recipient, as plain data. It is checked and encoded when it is sent.
public struct Message: Sendable, Equatable {
  public var from: Address
  public var to: Address
  /// UTF-8; control characters, including line breaks, are written as spaces.
  public var subject: String
  public var text: String
  /// The same content in HTML; the reader's program shows one of the two.
  public var html: String?
  public var attachments: [Attachment]
  /// `unique@domain` without angle brackets. A retry uses the same id, so that receivers can drop duplicates.
  public var messageID: String
  /// Milliseconds since 1970: when the mail was written, not when it is sent.
  public var date: Int64

  public init(
    from: Address, to: Address, subject: String, text: String, html: String? = nil,
    attachments: [Attachment] = [], messageID: String, date: Int64
  ) {
    self.from = from
    self.to = to
    self.subject = subject
    self.text = text
    self.html = html
    self.attachments = attachments
    self.messageID = messageID
    self.date = date
  }
}
