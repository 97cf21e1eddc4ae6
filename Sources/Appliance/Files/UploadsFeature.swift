import HTTP
import Store

/// Upload and download of files.
struct UploadsFeature: Feature {
  private let site: Site
  private let clock: Clock
  private let log: Log
  private let database: Database
  private let quotas: Quotas
  private let store: UploadStore
  private let lent: DownloadBudget
  private let isReadable: Reader

  /// Whether an account (nil when not signed in) may read a row that refers to an upload.
  typealias Reader = @Sendable (_ upload: Int64, Account?, _ now: Int64, Connection) throws -> Bool

  init(
    site: Site, clock: Clock, log: Log, database: Database, quotas: Quotas, isReadable: @escaping Reader
  ) {
    self.isReadable = isReadable
    self.site = site
    self.clock = clock
    self.log = log
    self.database = database
    self.quotas = quotas
    store = UploadStore(database: database, quotas: quotas)
    lent = DownloadBudget(database)
  }

  var routes: [Route] {
    let path = "/api/uploads"
    return [
      .post(
        path, .signedIn, "Upload a file", response: UploadedFile.schema, bodyLimit: limit + Self.envelope,
        create
      ).reading(.init("name", .string, "the file's name, where neither form nor `X-File-Name` has it"))
        .consuming("multipart/form-data", "*/*"),
      .get(path + "/:key", .everyone, "Download a file or a range of it", get)
        .reading(.flag("download", "1: to be saved as a file")).producing("*/*"),
      .delete(
        path + "/:key", .signedIn, "Delete your file, if it is not attached to a message", response: .done,
        delete),
    ]
  }

  var jobs: [any JobKind] { [tidy] }

  func start() async throws {
    do {
      try await tidy.eraseUnfinished(before: clock.now())
    } catch {
      log.warn("uploads") { $0.field("error", error) }
    }
  }

  /// Maximum bytes of a form besides its file.
  private static let envelope = 64 << 10

  private var limit: Int { site.configuration.uploadMegabytes << 20 }

  private var tidy: TidyUploads { TidyUploads(store: store, clock: clock) }

  private func create(_ request: Request) async throws -> Response {
    let owner = try request.account().id
    // Examining megabytes would block the loop.
    let upload = try await Task.detached { [limit] in try NewUpload(request, limit: limit) }.value
    let file = try await store.keep(upload, by: owner)
    var response = Response.json(201) { file.write(to: &$0) }
    response.add("Location", file.fileUrl)
    return response
  }

  private func get(_ request: Request) async throws -> Response {
    let isSaved = try request.query.flag("download")
    let download = try await find(request)
    var response = Response(headers: download.headers(isSaved: isSaved))
    if download.isKnown(to: request) {
      response.status = 304
      return response
    }
    let size = Int(download.file.size)
    var part = 0..<size
    switch download.range(for: request) {
    case .whole: break
    case .outside: throw Self.outside(size)
    case .part(let range):
      part = range
      response.status = 206
      response.add("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)")
    }
    guard let bytes = try await lent.read(part, of: download.file.id) else { throw Failure.notFound }
    response.contentType = download.contentType
    response.body = .shared(bytes)
    return response
  }

  private func delete(_ request: Request) async throws -> Response {
    let owner = try request.account().id
    let key = request.parameter("key")
    let id = try await database.write { tx in
      let sql = """
        SELECT u.id, \(Attachments.isUsed) FROM uploads u
        WHERE u.key = ? AND u.owner_id = ? AND u.completed_at IS NOT NULL
        """
      guard let (id, isUsed) = try tx.first(sql, key, owner, map: { ($0.int64(0), $0.bool(1)) }) else {
        throw Failure.notFound
      }
      guard !isUsed else { throw Self.inUse }
      try UploadStore.hide(id, in: tx)
      return id
    }
    // The file is invisible already; if this fails, its bytes are deleted later.
    try? await store.erase(id)
    return .done(Sentence(fr: "Fichier supprimé.", en: "File deleted."), for: request)
  }

  private func find(_ request: Request) async throws -> Download {
    let account = request.signedIn?.account
    let key = request.parameter("key")
    let now = clock.now()
    let download = try await database.read { [isReadable] connection -> Download? in
      if let found = try Download.find(key, for: account?.id ?? 0, in: connection), account != nil {
        return found
      }
      guard let found = try Download.attached(key, in: connection),
        try isReadable(found.file.id, account, now, connection)
      else { return nil }
      return found
    }
    guard let download else { throw account == nil ? Failure.unauthenticated : Failure.notFound }
    return download
  }

  private static func outside(_ size: Int) -> Failure {
    Failure(
      416, "RANGE_NOT_SATISFIABLE",
      Sentence(
        fr: "Plage non valide pour ce fichier.", en: "Invalid range for this file."),
      headers: [("Content-Range", "bytes */\(size)")])
  }

  private static let inUse = Failure(
    409, "FILE_IN_USE",
    Sentence(
      fr: "Ce fichier est utilisé. Supprimez d’abord ce qui l’utilise.",
      en: "This file is in use. Delete what uses it first."))
}
