import HTTP

/// The JSON frames of `/ws`: `{type, payload}`.
enum Frames {
  /// Encodes a frame. `payload` must write one JSON value.
  static func encode(_ type: String, payload: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter(reserve: 512)
    json.object { json in
      json.field("type", type)
      json.key("payload")
      payload(&json)
    }
    return json.bytes
  }

  static func error(
    _ code: String, _ message: String, details: (inout JSONWriter) -> Void = { _ in }
  ) -> [UInt8] {
    encode("ERROR") { json in
      json.object { json in
        json.field("code", code)
        json.field("message", message)
        details(&json)
      }
    }
  }
}
