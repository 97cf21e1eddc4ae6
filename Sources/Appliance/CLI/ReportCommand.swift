import Encoding
import Glibc
import HTTP

/// `obox report`: writes an archive for support, without secrets and without anything personal.
enum ReportCommand {
  static let syntax = CommandSyntax(
    name: "report", summary: "Write a report for support, without secrets or personal data.",
    options: [
      SiteOptions.data, SiteOptions.config,
      .value("to", "FILE", "The archive to write (.tar.gz); it must not exist yet.", required: true),
    ])

  static let question: JSONValue = ["command": .string(syntax.name)]

  static func answer(_ report: SupportReport) async throws -> CommandAnswer {
    var answer = CommandAnswer([])
    answer.more["archive"] = .string(Base64.encode(try await report.archive()))
    return answer
  }

  /// Creates the file before anything is gathered, so that it is known to be writable.
  static func file(_ arguments: Arguments) throws(CommandFailure) -> Target {
    let path = arguments["to"] ?? ""
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw CommandFailure("--to \(path): \(SiteOptions.reason(errno))", status: 2)
    }
    return Target(path: path, descriptor: descriptor)
  }

  /// The file being written; it is removed when that fails.
  final class Target {
    private let path: String
    private let descriptor: Int32
    private var isComplete = false

    fileprivate init(path: String, descriptor: Int32) {
      self.path = path
      self.descriptor = descriptor
    }

    deinit {
      close(descriptor)
      if !isComplete { unlink(path) }
    }

    func write(_ answer: CommandAnswer) throws(CommandFailure) {
      guard let bytes = answer.more["archive"]?.string.flatMap({ Base64.decode($0) }) else {
        throw CommandFailure("OBox is running a different version. Restart it and try again")
      }
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { throw CommandFailure("--to \(path): \(SiteOptions.reason(errno))") }
        rest = rest.dropFirst(count)
      }
      guard fsync(descriptor) == 0 else { throw CommandFailure("--to \(path): \(SiteOptions.reason(errno))") }
      isComplete = true
      Terminal.write("\(path) written: \(bytes.count) bytes, without secrets or personal data\n")
    }
  }
}
