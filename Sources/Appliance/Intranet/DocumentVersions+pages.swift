import HTTP
import Store

/// Rendered pages of a PDF version, for the preview.
extension DocumentVersions {
  private static let pdfSQL = """
    SELECT u.id, u.key FROM resource_files AS f JOIN uploads AS u ON u.id = f.upload_id
    WHERE f.resource = 'document-versions' AND f.row_id = ? AND f.field = 'fileUrl' AND u.type = 'application/pdf'
      AND u.size <= ? AND u.completed_at IS NOT NULL
    """

  func page(_ request: Request) async throws -> Response {
    let (id, number, page) = (try request.id(), try request.id("number"), try request.id("page"))
    let account = try request.account()
    let now = services.clock.now()
    let found = try await services.database.read { [self] connection -> (upload: Int64, tag: String)? in
      let row = try resource.record(id, for: account, at: now, in: connection)
      guard let version = try find(number, of: id, in: connection),
        version.status == Status.published.rawValue || Documents.seesAll(account, row)
      else { return nil }
      return try connection.first(Self.pdfSQL, version.id, PDFPages.largest) {
        (upload: $0.int64(0), tag: "\"\($0.text(1))-\(page)\"")
      }
    }
    guard let found else { throw Failure.notFound }
    // The file of a version never changes, so the browser may keep a page; each use only revalidates the tag.
    let headers: [(name: String, value: String)] = [
      ("ETag", found.tag), ("Cache-Control", "private, no-cache"),
    ]
    if request.headers["If-None-Match"] == found.tag { return Response(status: 304, headers: headers) }
    let picture = try await pages.picture(page: page) { [database = services.database] in
      try await UploadStore.bytes(of: found.upload, in: database)
    }
    guard let picture else { throw Failure.notFound }
    return Response(contentType: "image/png", headers: headers, body: .bytes(picture))
  }
}
