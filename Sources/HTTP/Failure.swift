/// A validation error of one field of a body.
public struct FieldError: Error, Sendable, Equatable {
  public let field: String
  public let code: String
  public let sentence: Sentence

  public init(_ field: String, _ code: String, _ sentence: Sentence) {
    self.field = field
    self.code = code
    self.sentence = sentence
  }

  public init(field: String, code: String, sentence: Sentence) {
    self.init(field, code, sentence)
  }
}

/// The only kind of error that is sent to clients: a status, a stable code and a message in their language.
public struct Failure: Error, Sendable {
  public let status: Int
  public let code: String
  public let sentence: Sentence
  public var errors: [FieldError]
  public var headers: [(name: String, value: String)]
  /// Further members of the JSON response, beside code and message.
  public var details: [(name: String, value: JSONValue)]

  public init(
    _ status: Int, _ code: String, _ sentence: Sentence, errors: [FieldError] = [],
    headers: [(String, String)] = [], details: [(String, JSONValue)] = []
  ) {
    self.status = status
    self.code = code
    self.sentence = sentence
    self.errors = errors
    self.headers = headers.map { ($0.0, $0.1) }
    self.details = details.map { ($0.0, $0.1) }
  }

  /// `{"success":false,"code","message","error","errors":[…], …details}`.
  public func response(in language: Language) -> Response {
    let message = sentence(language)
    var response = Response.json(status) { json in
      json.object { json in
        json.field("success", false)
        json.field("code", code)
        json.field("message", message)
        json.field("error", message)
        json.array("errors") { json in
          for error in errors {
            json.object { json in
              json.field("field", error.field)
              json.field("code", error.code)
              json.field("message", error.sentence(language))
            }
          }
        }
        for (name, value) in details {
          json.key(text: name)
          json.value(value)
        }
      }
    }
    response.headers = headers
    return response
  }
}
