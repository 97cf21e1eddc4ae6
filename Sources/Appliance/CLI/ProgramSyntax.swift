/// The program's commands, and the result of parsing its command line.
struct ProgramSyntax: Sendable {
  let name: String
  let summary: String
  let commands: [CommandSyntax]

  enum Request: Sendable, Equatable {
    case run(command: String, Arguments)
    /// Print this text and succeed.
    case help(String)
  }

  /// Parses the words after the program's name.
  func parse(_ words: [String]) throws(ArgumentsError) -> Request {
    guard let first = words.first else { throw .noCommand }
    if ["help", "--help", "-h"].contains(first) {
      let topic = words.dropFirst().filter { !$0.hasPrefix("-") }
      if topic.isEmpty { return .help(help) }
      return .help(try help(of: topic))
    }
    guard let command = command(startingIn: words) else {
      if let text = groupHelp(words) { return .help(text) }
      throw unknown(words)
    }
    let arguments = try Arguments(words.dropFirst(command.words.count), for: command)
    if arguments.wantsHelp { return .help(command.help(program: name)) }
    return .run(command: command.name, arguments)
  }

  /// The list of commands, ending with a newline.
  var help: String { list(commands) }

  private func help(of topic: [String]) throws(ArgumentsError) -> String {
    if let command = command(startingIn: topic) { return command.help(program: name) }
    let group = commands.filter { $0.words.starts(with: topic) }
    if !group.isEmpty { return list(group) }
    throw unknown(topic)
  }

  /// For `obox user --help` and `obox user`: the commands that start with these words.
  private func groupHelp(_ words: [String]) -> String? {
    let path = words.prefix { !$0.hasPrefix("-") }
    let group = commands.filter { !path.isEmpty && $0.words.starts(with: path) }
    let rest = words.dropFirst(path.count)
    guard !group.isEmpty, rest.isEmpty || rest == ["--help"] || rest == ["-h"] else { return nil }
    return list(group)
  }

  private func command(startingIn words: [String]) -> CommandSyntax? {
    commands.filter { words.starts(with: $0.words) }.max { $0.words.count < $1.words.count }
  }

  private func unknown(_ words: [String]) -> ArgumentsError {
    let typed = words.prefix { !$0.hasPrefix("-") }
    let inGroup = commands.contains { $0.words.count > 1 && $0.words.first == typed.first }
    let shown = typed.isEmpty ? Array(words.prefix(1)) : Array(typed.prefix(inGroup ? 2 : 1))
    let candidates = commands.flatMap { [$0.name] + $0.words.prefix(1) } + ["help"]
    let nearest =
      Spelling.nearest(to: typed.prefix(2).joined(separator: " "), among: commands.map(\.name))
      ?? Spelling.nearest(to: shown.joined(separator: " "), among: candidates)
    return .unknownCommand(shown.joined(separator: " "), nearest: nearest)
  }

  private func list(_ commands: [CommandSyntax]) -> String {
    let width = commands.map(\.name.count).max() ?? 0
    let lines = commands.map { "  " + CommandSyntax.padded($0.name, to: width) + "  " + $0.summary }
    return
      ([summary, "", "Usage: \(name) COMMAND [options]", "", "Commands:"] + lines
      + ["", "Run “\(name) COMMAND --help” for help on a command."])
      .joined(separator: "\n") + "\n"
  }
}

extension CommandSyntax {
  fileprivate var words: [String] { name.split(separator: " ").map(String.init) }
}
