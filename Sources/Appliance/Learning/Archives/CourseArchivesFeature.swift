import HTTP
import Store
import Threads

/// Courses as archives, from one installation to another.
struct CourseArchivesFeature: Feature {
  /// Each waiting import holds its archive in memory.
  private static let mostImports = 2
  private static let mostExports = 8
  /// Maximum bytes of a form besides its file.
  private static let envelope = 64 << 10

  let site: Site
  let database: Database
  let clock: Clock
  let hub: Hub
  let settings: SystemSettings
  let quotas: Quotas
  private let exports = AsyncLock()
  private let imports = AsyncLock()

  init(
    site: Site, database: Database, clock: Clock, hub: Hub, settings: SystemSettings, quotas: Quotas
  ) {
    self.site = site
    self.database = database
    self.clock = clock
    self.hub = hub
    self.settings = settings
    self.quotas = quotas
  }

  var routes: [Route] {
    let outcome = Schema.members([
      "id": .id, "title": .string, "lessonCount": .integer, "quizCount": .integer, "fileCount": .integer,
      "notes": .described("what the course lost on its way", .array(.string)),
    ])
    let routes: [Route] = [
      .get(
        "/api/courses/:id/export", .right(Courses.right),
        "Get a course with its lessons, quizzes and files as a ZIP archive", export
      ).producing("application/zip"),
      .post(
        "/api/courses/import", .right(Courses.right),
        "Add the course of an archive, which is the body, as a draft: all of it, or nothing",
        response: outcome, bodyLimit: CourseArchive.mostBytes + Self.envelope, importCourse
      ).consuming("application/zip", "multipart/form-data", "*/*"),
    ]
    return routes.map { $0.belonging(to: .training, settings) }
  }

  private func export(_ request: Request) async throws -> Response {
    let account = try request.account()
    let course = try request.id()
    let now = clock.now()
    guard exports.waiting < Self.mostExports else { throw Failure.unavailable }
    let (title, bytes) = try await exports.hold {
      let export = try await database.read { connection in
        try CourseExport(course, for: account, at: now, in: connection)
      }
      let room = try await database.read { [site] _ in try export.room(in: site.dataFolder) }
      try await note(export.title, of: course, request)
      return (export.title, try await export.archive(to: room, from: database))
    }
    var response = Response(contentType: "application/zip", body: .shared(bytes))
    let name = title.split(byte: "/").joined(separator: "-") + ".zip"
    response.add("Content-Disposition", FileName(name).disposition(isInline: false))
    response.add("Cache-Control", "private, no-cache")
    return response
  }

  /// Notes who exports what, and refuses it while the room for it leaves too little for others.
  private func note(_ title: String, of course: Int64, _ request: Request) async throws {
    try await database.change(.courseExported, on: nil, by: request) { tx in
      let actor = try Privilege.actor(request, right: Courses.right, in: tx)
      try tx.claimSpace()
      try Audit.record(
        .courseExported, actor: actor, on: .init(type: "courses", id: course, name: title), request: request,
        in: tx)
    }
  }

  private func importCourse(_ request: Request) async throws -> Response {
    let owner = try request.account().id
    guard imports.waiting < Self.mostImports else { throw Failure.unavailable }
    let (made, course) = try await imports.hold {
      let course = try await read(request)
      return (try await keep(course, by: owner, request), course)
    }
    let language = request.language
    var response = Response.json(201) { json in
      json.object { json in
        json.id("id", made.id)
        json.field("title", made.text(Courses.title))
        json.field("lessonCount", course.lessonCount)
        json.field("quizCount", course.quizCount)
        json.field("fileCount", course.used.count)
        json.field("notes", .array(course.notes.map { .string($0(language)) }))
      }
    }
    response.add("Location", "\(Courses.resource.path)/\(made.id)")
    return response
  }

  private func read(_ request: Request) async throws -> CourseImport {
    let archive = try Self.archive(in: request)
    let reader = ZipReader(mostEntries: CourseArchive.mostEntries, mostBytes: CourseArchive.mostBytes)
    let files = try await reader.files(in: archive)
    // Examining megabytes would block the loop.
    return try await Task.detached { try CourseImport(files) }.value
  }

  private static func archive(in request: Request) throws(Failure) -> [UInt8] {
    guard let type = request.headers["Content-Type"], Multipart.isMeant(by: type) else { return request.body }
    let form = try Multipart(parsing: request.body, contentType: type)
    return form.firstFile.map { Array(request.body[$0.content]) } ?? []
  }

  /// Stores everything. The files stay invisible until the course refers to them, in the same transaction; on failure
  /// nothing is left.
  private func keep(_ course: CourseImport, by owner: Int64, _ request: Request) async throws -> Record {
    let store = UploadStore(database: database, quotas: quotas)
    var staged: [String: UploadedFile] = [:]
    do {
      for path in course.used { staged[path] = try await stage(path, of: course, by: owner, in: store) }
      let rows = try await Task.detached { [staged] in try course.rows { staged[$0]?.fileUrl } }.value
      let uploads = staged.values.map(\.id)
      return try await database.change(.courseImported, on: nil, by: request) { [hub] tx in
        let actor = try Privilege.actor(request, right: Courses.right, in: tx)
        try UploadStore.publish(uploads, in: tx)
        let made = try rows.add(by: actor, request, hub, in: tx)
        let subject = Audit.Subject(type: "courses", id: made.id, name: made.text(Courses.title))
        try Audit.record(.courseImported, actor: actor, on: subject, request: request, in: tx)
        return made
      }
    } catch {
      // A full disk may refuse this too; the rest is then deleted later.
      for file in staged.values { try? await store.erase(file.id) }
      throw error
    }
  }

  private func stage(
    _ path: String, of course: CourseImport, by owner: Int64, in store: UploadStore
  ) async throws -> UploadedFile {
    let limit = site.configuration.uploadMegabytes << 20
    do {
      let upload = try await Task.detached { [archive = course.archive] in
        let bytes = archive.bytes(of: path)
        guard bytes.count <= limit else { throw Failure.tooLarge(limit) }
        return try NewUpload(Array(bytes), name: archive.names[path] ?? path)
      }.value
      return try await store.keep(upload, by: owner, staged: true)
    } catch let failure as Failure where failure.status < 500 {
      throw failure.inCourse(path, "")
    }
  }
}
