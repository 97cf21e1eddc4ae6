import HTTP

/// What a command has done: lines to print, and its exit status.
struct CommandAnswer: Sendable {
  /// A command, given its question with what the command line says.
  typealias Command = @Sendable (JSONValue) async throws -> CommandAnswer

  let lines: [String]
  let status: Int32
  /// Why the status is not 0.
  let message: String
  /// Further members, for the command itself.
  var more: [String: JSONValue] = [:]

  init(_ lines: [String], status: Int32 = 0, message: String = "") {
    self.lines = lines
    self.status = status
    self.message = message
  }

  init(json: JSONValue) {
    lines = (json["lines"]?.array ?? []).compactMap(\.string)
    status = Int32(clamping: json["status"]?.int ?? 0)
    message = json["message"]?.string ?? ""
    more = json.object ?? [:]
  }

  var json: JSONValue {
    let members: [String: JSONValue] = [
      "lines": .array(lines.map { .string($0) }), "status": .integer(Int64(status)),
      "message": .string(message),
    ]
    return .object(members.merging(more) { own, _ in own })
  }

  /// Prints the lines. Throws when the status is not 0.
  func show() throws(CommandFailure) {
    for line in lines { Terminal.write(line + "\n") }
    guard status == 0 else { throw CommandFailure(message, status: status) }
  }
}
