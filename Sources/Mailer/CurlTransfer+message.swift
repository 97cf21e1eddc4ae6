import CCurl

extension CurlTransfer {
  /// Passes recipients, headers and body to libcurl; the returned value must live until the transfer ends.
  func load(_ message: Message) throws(MailerError) -> LoadedMessage {
    let headers = try CurlLines(try message.headers(), calls: calls)
    let recipients = try CurlLines(["<\(message.to.email)>"], calls: calls)
    let body = try MIMEBody(message, calls: calls, easy: easy)
    try set(CURLOPT_MAIL_FROM, "<\(message.from.email)>")
    try set(CURLOPT_MAIL_RCPT, UnsafeMutableRawPointer(recipients.first))
    try set(CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(headers.first))
    try set(CURLOPT_MIMEPOST, UnsafeMutableRawPointer(body.root))
    return LoadedMessage(headers: headers, recipients: recipients, body: body)
  }
}

/// The memory that libcurl reads during the transfer.
struct LoadedMessage: ~Copyable {
  let headers: CurlLines
  let recipients: CurlLines
  let body: MIMEBody
}

extension Message {
  /// The header lines that we write; libcurl adds MIME-Version and Content-Type.
  func headers() throws(MailerError) -> [String] {
    guard let id = try? Address(email: messageID, name: nil) else {
      throw MailerError(
        kind: .permanent, message: "the message's identifier is not of the form unique@domain")
    }
    return [
      "Date: \(MailDate.text(milliseconds: date))",
      "From: \(HeaderText.address(from))",
      "To: \(HeaderText.address(to))",
      "Subject: \(HeaderText.unstructured(subject))",
      "Message-ID: <\(id.email)>",
      "Auto-Submitted: auto-generated",
    ]
  }
}
