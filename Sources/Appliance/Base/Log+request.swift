import HTTP

extension Log {
  /// Logs one line for each answered request.
  func request(_ record: AccessRecord) {
    info("request") { line in
      line.field("method", record.method)
      line.field("path", record.path)
      line.field("status", record.status)
      line.field("bytes", record.bytes)
      line.field("us", record.microseconds)
      if !isAnonymous(record) { line.field("peer", record.peer) }
      line.field("id", record.requestID)
      line.field("error", record.error)
    }
  }

  /// Whether a line must not say where a request came from: the submission of something that may be anonymous.
  private func isAnonymous(_ record: AccessRecord) -> Bool {
    record.method == "POST" && record.path.hasBytes(prefix: "/api/complaints")
  }
}
