import HTTP
import Store

/// `/api/documents/:id/versions`: list, add, restore, approve, reject, preview and download versions.
extension DocumentVersions {
  var routes: [Route] {
    let path = resource.path + "/:id/versions"
    let manager = Access.right(Documents.right)
    let note = Schema.object([("note", .text(0...1_000), required: false)])
    return [
      .get(path, .signedIn, "List the versions of a document", response: .array(Version.schema), list)
        .reading(QueryParameter.paging),
      .post(path, manager, "Add a version", request: Self.bodySchema, response: Version.schema) { request in
        try await add(request)
      },
      .post(
        path + "/:number/restore", manager, "Publish an earlier version again", response: Version.schema,
        restore),
      .post(path + "/:number/approve", .signedIn, "Approve a version", request: note, response: .done) {
        try await decide($0, .published)
      },
      .post(path + "/:number/reject", .signedIn, "Reject a version", request: note, response: .done) {
        try await decide($0, .rejected)
      },
      .get(path + "/:number/pages/:page", .signedIn, "Get a page of a PDF version as a picture", page)
        .producing("image/png"),
      .get(path + "/:number/download", .signedIn, "Download a version, and count it", download)
        .producing("*/*"),
      .get(
        resource.path + "/:id/download", .signedIn, "Download the published version, and count it", download
      ).producing("*/*"),
    ]
  }

  private static let bodySchema = Schema.object([
    ("fileUrl", .string, required: true), ("fileName", .text(0...200), required: false),
    ("version", .described("one more than the last unless given", .text(1...20)), required: false),
    ("note", .text(0...1_000), required: false),
    ("isMinor", .described("nobody has to confirm it again", .boolean), required: false),
  ])

  private func list(_ request: Request) async throws -> Response {
    let (id, paging, account) = (try request.id(), try Paging(request), try request.account())
    let now = services.clock.now()
    let (page, current) = try await services.database.read { [self] connection in
      let row = try resource.record(id, for: account, at: now, in: connection)
      let page = try connection.page(
        Version.listSQL(Documents.seesAll(account, row) ? "" : "AND v.status = 'published'"),
        [id, paging.before], limit: paging.limit, map: Version.init)
      return (page, try connection.scalar(Self.currentSQL, id))
    }
    return .page(page) { version, json in version.write(to: &json, isCurrent: version.id == current) }
  }

  static let currentSQL = """
    SELECT id FROM document_versions WHERE document_id = ? AND status = 'published' ORDER BY number DESC LIMIT 1
    """

  private func add(_ request: Request) async throws -> Response {
    let id = try request.id()
    let body = try request.json()
    return try await add(to: id, request, details: "version") { row, tx in
      let url: Value
      do throws(FieldError) {
        url =
          try body["fileUrl"].map { json throws(FieldError) in try Documents.fileURL.value(of: json) }
          ?? .null
      } catch { throw Failure.invalid([error]) }
      guard case .text(let url) = url, !url.isEmpty else {
        throw Failure.invalid([Documents.fileURL.required])
      }
      let name = try Self.text("fileName", of: body, 0...200) ?? ""
      return File(
        url: url, name: name.isEmpty ? try Self.name(of: url, in: tx) : name,
        version: try Self.text("version", of: body, 1...20) ?? Self.next(row.text(Documents.version)),
        note: try Self.text("note", of: body, 0...1_000) ?? "", isMinor: try Self.flag("isMinor", of: body))
    }
  }

  private func restore(_ request: Request) async throws -> Response {
    let (id, number) = (try request.id(), try request.id("number"))
    return try await add(to: id, request, details: "version restored") { row, tx in
      guard let version = try find(number, of: id, in: tx) else { throw Failure.notFound }
      var file = version.file
      file.note = Sentence(fr: "Reprise de la version \(file.version)", en: "Version \(file.version) again")(
        request.language)
      file.version = Self.next(row.text(Documents.version))
      return file
    }
  }

  /// Adds a version. It is pending if the document has an approver other than the account that adds it.
  private func add(
    to id: Int64, _ request: Request, details: String,
    _ file: @escaping @Sendable (Record, Transaction) throws -> File
  ) async throws -> Response {
    let made = try await services.database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: Documents.right, in: tx)
      let row = try resource.record(id, for: actor, at: tx.now, in: tx)
      let file = try file(row, tx)
      let status: Status = Self.needsApproval(row, from: actor) ? .pending : .published
      if status == .published { try publish(file, in: row, by: actor, in: tx) }
      let number = try add(file, to: row, status, by: actor, in: tx)
      try audit("\(details) \(file.version)", row, actor, request, in: tx)
      try tell(id, in: tx)
      return try find(number, of: id, in: tx)
    }
    guard let made else { throw Failure.notFound }
    return .json(201) { made.write(to: &$0, isCurrent: made.status == Status.published.rawValue) }
  }

  /// Counts the download and redirects to the file.
  private func download(_ request: Request) async throws -> Response {
    let (id, account) = (try request.id(), try request.account())
    let number = request.parameter("number").isEmpty ? nil : try request.id("number")
    let url = try await services.database.write { [self] tx in
      let row = try resource.record(id, for: account, at: tx.now, in: tx)
      let wanted =
        try number
        ?? tx.scalar(
          "SELECT number FROM document_versions WHERE document_id = ? ORDER BY status = 'published' DESC, number DESC LIMIT 1",
          id)
      guard let wanted, let version = try find(wanted, of: id, in: tx), !version.file.url.isEmpty,
        version.status == Status.published.rawValue || Documents.seesAll(account, row)
      else { throw Failure.notFound }
      try tx.execute("UPDATE document_versions SET downloads = downloads + 1 WHERE id = ?", version.id)
      return version.file.url
    }
    let isUpload = UploadedFile.key(in: url) != nil
    return Response(
      status: 302,
      headers: [("Location", isUpload ? url + "?download=1" : url), ("Cache-Control", "no-store")])
  }

  func find(_ number: Int64, of id: Int64, in connection: Connection) throws -> Version? {
    try connection.first(Version.oneSQL, id, number, map: Version.init)
  }

  /// The label of the next version: "1.2" becomes "1.3", "B" becomes "B.1".
  static func next(_ version: String) -> String {
    var parts = version.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
    guard parts.count > 1, let last = parts.last.flatMap({ Int64(digits: $0) }), last < 1_000_000 else {
      return (version + ".1").clipped(to: 20)
    }
    parts[parts.count - 1] = String(last + 1)
    return parts.joined(separator: ".").clipped(to: 20)
  }

  /// A text field of a body; nil when missing or null. Throws 400.
  static func text(_ name: String, of body: JSONValue, _ length: ClosedRange<Int>) throws(Failure) -> String?
  {
    guard let json = body[name], !json.isNull else { return nil }
    do throws(FieldError) {
      let column = Column(name, .text(length, lines: length.upperBound > 200), fr: "", en: "")
      guard case .text(let text) = try column.value(of: json) else { return nil }
      return text
    } catch { throw .invalid([error]) }
  }

  private static func flag(_ name: String, of body: JSONValue) throws(Failure) -> Bool {
    guard let json = body[name] else { return false }
    do throws(FieldError) {
      return try Column(name, .flag, fr: "", en: "").value(of: json) == true.value
    } catch {
      throw .invalid([error])
    }
  }
}
