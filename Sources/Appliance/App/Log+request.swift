import HTTP

extension Log {
  /// Logs one line for each answered request.
  func request(_ record: AccessRecord) {
    write(.info, "request", remembers: false) { line in
      line.field("method", record.method)
      line.field("path", path(of: record))
      line.field("status", record.status)
      line.field("bytes", record.bytes)
      line.field("us", record.microseconds)
      if !isAnonymous(record) { line.field("peer", record.peer) }
      line.field("id", record.requestID)
      line.field("error", record.error)
    }
  }

  /// The path without what only its sender may know: the key of an upload, which would show who sent a file that others
  /// see the key of, and the ticket of a console.
  private func path(of record: AccessRecord) -> String {
    for (prefix, name) in [(UploadedFile.prefix, ":key"), (ConsolesFeature.socketPrefix, ":ticket")]
    where record.path.hasBytes(prefix: prefix) { return prefix + name }
    return record.path
  }

  /// Whether a line must not say where a request came from: it may submit or follow an anonymous request, or
  /// send or read a file of one.
  private func isAnonymous(_ record: AccessRecord) -> Bool {
    ["/api/complaints", "/api/uploads"].contains { record.path.hasBytes(prefix: $0) }
  }
}
