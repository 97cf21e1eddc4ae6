import HTTP
import Store

extension CourseExport {
  /// Number of an upload's chunks read in one transaction.
  private static let stride = 16

  /// The names and sizes of all files.
  private var contents: [(name: String, size: Int)] {
    texts.map { ($0.path, $0.bytes.count) } + files.map { ($0.path, Int($0.upload.size)) }
  }

  func checkSize() throws(Failure) {
    guard contents.count <= CourseArchive.mostEntries else {
      throw .tooManyEntries(CourseArchive.mostEntries)
    }
    let length = ZipWriter.length(of: contents)
    guard length <= CourseArchive.mostBytes else { throw Self.tooLarge(length) }
  }

  /// A file of the data folder with room for the archive, so that a full disk is known before anything is written.
  func room(in folder: String) throws -> ScratchFile {
    try ScratchFile(in: folder, size: ZipWriter.length(of: contents))
  }

  /// Writes the archive. Throws 409 when a file was deleted meanwhile.
  func archive(to file: ScratchFile, from database: Database) async throws -> SharedBytes {
    var zip = try await database.read { [texts] _ in
      var zip = ZipWriter(to: file)
      for (path, bytes) in texts {
        zip.begin(path)
        try bytes.withUnsafeBytes { try zip.append($0) }
      }
      return zip
    }
    for one in files {
      zip.begin(one.path)
      zip = try await Self.copy(one.upload, into: zip, database)
    }
    return try await database.read { [zip] _ in
      var zip = zip
      return try file.bytes(zip.end())
    }
  }

  /// Appends an upload, some pieces at a time, so that other readers have their turn.
  private static func copy(
    _ upload: UploadedFile, into given: ZipWriter, _ database: Database
  ) async throws -> ZipWriter {
    var zip = given
    let chunks = (Int(upload.size) + NewUpload.chunkSize - 1) / NewUpload.chunkSize
    for first in Swift.stride(from: 0, to: chunks, by: stride) {
      zip = try await database.read { [zip] connection in
        var zip = zip
        var found = 0
        try connection.forEach(
          """
          SELECT data FROM upload_chunks WHERE upload_id = ? AND number >= ? AND number < ? ORDER BY number
          """, upload.id, first, first + stride
        ) { row in
          found += 1
          try row.withBlob(0) { try zip.append(UnsafeRawBufferPointer($0)) }
        }
        guard found == min(stride, chunks - first) else { throw changed }
        return zip
      }
    }
    return zip
  }

  private static let changed = Failure(
    409, "CHANGED_MEANWHILE",
    Sentence(
      fr: "Ce cours vient d’être modifié. Exportez-le de nouveau.",
      en: "This course has just been changed. Export it again."))

  private static func tooLarge(_ bytes: Int) -> Failure {
    Failure(
      413, "COURSE_TOO_LARGE",
      Sentence(
        fr: "Ce cours fait \((bytes >> 20) + 1) Mo avec ses fichiers. Une archive fait au plus "
          + "\(CourseArchive.mostBytes >> 20) Mo : retirez ou réduisez ses vidéos les plus grandes.",
        en: "This course has \((bytes >> 20) + 1) MB with its files. An archive has at most "
          + "\(CourseArchive.mostBytes >> 20) MB: remove or shrink its largest videos."))
  }
}
