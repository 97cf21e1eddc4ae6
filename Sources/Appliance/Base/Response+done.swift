import HTTP

extension Response {
  /// `{"success":true,"message":…}` in the language of the request.
  static func done(_ sentence: Sentence, for request: Request) -> Response {
    .json { json in
      json.object { json in
        json.field("success", true)
        json.field("message", sentence(request.language))
      }
    }
  }
}
