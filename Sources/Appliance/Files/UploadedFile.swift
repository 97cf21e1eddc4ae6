import HTTP
import Store

/// A complete upload, as returned to clients.
struct UploadedFile: Sendable, Equatable {
  let id: Int64
  /// The random part of its URL.
  let key: String
  let name: String
  /// The media type, detected from the content.
  let type: String
  /// In bytes.
  let size: Int64
  /// In pixels; 0 when it is not an image.
  let width: Int
  let height: Int

  static let prefix = "/api/uploads/"

  var fileUrl: String { Self.prefix + key }

  static let schema = Schema.named(
    "File",
    .members([
      "fileUrl": .string, "fileName": .string, "size": .described("bytes", .integer), "type": .string,
      "width": .described("pixels", .optional(.integer)), "height": .described("pixels", .optional(.integer)),
    ]))

  /// Writes `{"fileUrl","fileName","size","type","width","height"}`; width and height are null when unknown.
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("fileUrl", fileUrl)
      json.field("fileName", name)
      json.field("size", size)
      json.field("type", type)
      json.field("width", width > 0 ? width : nil)
      json.field("height", height > 0 ? height : nil)
    }
  }

  /// The columns that `init(_:from:)` reads, of a table aliased `u`.
  static let columns = "u.id, u.key, u.name, u.type, u.size, u.width, u.height"

  /// Reads `columns`; `first` is the index of the first one.
  init(_ row: Row, from first: Int = 0) {
    id = row.int64(first)
    key = row.text(first + 1)
    name = row.text(first + 2)
    type = row.text(first + 3)
    size = row.int64(first + 4)
    width = row.int(first + 5)
    height = row.int(first + 6)
  }

  init(id: Int64, key: String, name: String, type: String, size: Int64, width: Int, height: Int) {
    self.id = id
    self.key = key
    self.name = name
    self.type = type
    self.size = size
    self.width = width
    self.height = height
  }

  /// The key in a URL that a client was given; nil for any other text.
  static func key(in url: String) -> String? {
    guard url.utf8.count <= 200, url.hasBytes(prefix: prefix) else { return nil }
    let key = Substring(url.utf8.dropFirst(prefix.utf8.count))
    return key.isEmpty || key.hasByte("/") ? nil : String(key)
  }
}
