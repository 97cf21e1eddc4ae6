import HTTP

extension Response {
  /// A file that was made for the asking person, to be saved. `name` is one of ours: ASCII without quotes.
  static func attachment(
    _ bytes: [UInt8], _ contentType: String = "text/csv; charset=utf-8", named name: String
  ) -> Response {
    var response = Response.bytes(bytes, contentType: contentType)
    response.add("Content-Disposition", "attachment; filename=\"\(name)\"")
    response.add("Cache-Control", "private, no-cache")
    return response
  }
}
