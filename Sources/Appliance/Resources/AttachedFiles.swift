import HTTP
import Store

/// Uploads attached to a row, in order. Whoever may read the row may read them (`ResourceFiles`).
enum AttachedFiles {
  static let most = 10

  static let bodySchema = Schema.array(
    .described(
      "the address of an upload: its `fileUrl`, or all that an answer has of it",
      .either([.string, UploadedFile.schema])))
  static let answerSchema = Schema.array(UploadedFile.schema)

  /// The file URLs in a body, given as strings or as the file objects of a response; nil when there are none.
  /// Throws for an invalid list.
  static func addresses(in body: JSONValue, field: String = "files") throws(FieldError) -> [String]? {
    guard let value = body[field], !value.isNull else { return nil }
    guard let list = value.array else {
      throw FieldError(
        field, "NOT_A_LIST", Sentence(fr: "Une liste est attendue.", en: "A list is expected."))
    }
    guard list.count <= most else {
      throw FieldError(
        field, "TOO_MANY_FILES", Sentence(fr: "\(most) fichiers maximum.", en: "\(most) files maximum."))
    }
    var addresses: [String] = []
    for element in list {
      guard let address = element.string ?? element["fileUrl"]?.string else { throw notFound(field) }
      if !addresses.contains(address) { addresses.append(address) }
    }
    return addresses
  }

  /// Replaces the files of a row. Each must be the account's own, or belong to the row or one of `sources`.
  /// Throws 400.
  static func tie(
    _ addresses: [String], to resource: String, _ row: Int64, by account: Account,
    from sources: [(resource: String, row: Int64)] = [], field: String = "files", in tx: Transaction
  ) throws {
    var uploads: [Int64] = []
    for address in addresses {
      var found: Int64?
      for source in [(resource: resource, row: row)] + sources where found == nil {
        guard let key = UploadedFile.key(in: address) else { break }
        found = try ResourceFiles.upload(key, for: account, of: source.resource, source.row, in: tx)
      }
      guard let found else { throw Failure.invalid([notFound(field)]) }
      uploads.append(found)
    }
    try tx.execute("DELETE FROM resource_files WHERE resource = ? AND row_id = ?", resource, row)
    for (place, upload) in uploads.enumerated() {
      try ResourceFiles.tie(upload, to: resource, row, "\(place)", in: tx)
    }
  }

  static let sql = """
    SELECT r.row_id, \(UploadedFile.columns) FROM json_each(?) AS i
    JOIN resource_files AS r ON r.resource = ? AND r.row_id = i.value JOIN uploads AS u ON u.id = r.upload_id
    ORDER BY r.row_id, r.field
    """

  /// The files of rows by the row's id; rows without files are not in it.
  static func of(_ resource: String, _ rows: [Int64], in connection: Connection) throws
    -> [Int64: [UploadedFile]]
  {
    guard !rows.isEmpty else { return [:] }
    var files: [Int64: [UploadedFile]] = [:]
    let list = "[" + rows.map(String.init).joined(separator: ",") + "]"
    try connection.forEach(sql, list, resource) { row in
      files[row.int64(0), default: []].append(UploadedFile(row, from: 1))
    }
    return files
  }

  static func write(_ files: [UploadedFile], to json: inout JSONWriter) {
    json.array("files") { json in
      for file in files { file.write(to: &json) }
    }
  }

  private static func notFound(_ field: String) -> FieldError {
    FieldError(
      field, "FILE_NOT_FOUND",
      Sentence(fr: "Fichier introuvable. Envoyez-le de nouveau.", en: "File not found. Upload it again."))
  }
}
