import HTTP

extension MailLetter {
  /// The mail as an HTML page. Styles are inline, because some mail programs drop style sheets; one block of
  /// rules is for dark mode.
  func html(in language: Language) -> String {
    """
    <!doctype html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <title>\(Self.escaped(subject))</title>
    <style>
    \(Self.darkRules)
    </style>
    </head>
    <body class="page" style="margin:0;padding:0;background:#f5f4ef;color:#17211e;">
    <div class="page" style="background:#f5f4ef;padding:24px 12px 32px;\(Self.font)">
    <div style="max-width:560px;margin:0 auto;">
    <div style="background:#0a3d42;border-radius:12px 12px 0 0;padding:13px 24px;color:#f5f4ef;font-size:15px;\
    font-weight:700;">\(Self.escaped(appliance))<span style="display:inline-block;width:7px;height:7px;\
    margin-left:4px;border-radius:50%;background:#8fe3a4;vertical-align:super;"></span></div>
    <div class="card" style="background:#ffffff;border:1px solid #e3e0d6;border-top:0;\
    border-radius:0 0 12px 12px;padding:26px 24px 10px;">
    <h1 class="strong" style="margin:0 0 18px;font-size:21px;line-height:1.3;font-weight:700;color:#17211e;">\
    \(Self.escaped(subject))</h1>
    \(Self.paragraph(greeting))
    \(parts.map(Self.html).joined(separator: "\n"))
    </div>
    <p class="faint" style="margin:16px 4px 0;font-size:13px;line-height:1.5;color:#626b67;">\
    \(Self.escaped(footer))</p>
    </div>
    </div>
    </body>
    </html>

    """
  }

  private static func html(_ part: Part) -> String {
    switch part {
    case .paragraph(let text): paragraph(text)
    case .quote(let text):
      """
      <p class="quote" style="margin:0 0 16px;padding:10px 14px;border-left:4px solid #b97a00;\
      background:#faeecf;border-radius:4px;font-size:15px;line-height:1.55;">\(escaped(text))</p>
      """
    case .command(let line):
      """
      <p class="code" style="margin:0 0 16px;padding:12px 14px;background:#efede6;border-radius:8px;\
      font-family:ui-monospace,SFMono-Regular,Consolas,Menlo,monospace;font-size:14px;line-height:1.5;\
      word-break:break-word;overflow-wrap:anywhere;">\(escaped(line))</p>
      """
    case .facts(let rows): facts(rows)
    case .button(let label, let link): button(label, link)
    case .links(let lines): links(lines)
    case .quietLink(let label, let link): quietLink(label, link)
    case .note(let text):
      """
      <p class="faint" style="margin:0 0 16px;font-size:14px;line-height:1.55;color:#626b67;">\
      \(escaped(text))</p>
      """
    }
  }

  private static func paragraph(_ text: String) -> String {
    "<p style=\"margin:0 0 16px;font-size:16px;line-height:1.55;\">\(escaped(text))</p>"
  }

  /// A table with two columns, which every mail program aligns.
  private static func facts(_ rows: [(String, String)]) -> String {
    let cells = rows.map { label, value in
      """
      <tr><th class="faint line" scope="row" style="width:112px;text-align:left;font-weight:400;padding:8px 16px 8px 0;\
      border-bottom:1px solid #e3e0d6;color:#626b67;white-space:nowrap;">\(escaped(label))</th>\
      <td class="line" style="padding:8px 0;border-bottom:1px solid #e3e0d6;overflow-wrap:anywhere;">\
      \(escaped(value))</td></tr>
      """
    }
    return """
      <table style="width:100%;border-collapse:collapse;margin:0 0 20px;font-size:15px;line-height:1.4;">
      \(cells.joined(separator: "\n"))
      </table>
      """
  }

  private static func links(_ lines: [(text: String, note: String?, link: String)]) -> String {
    let items = lines.map { text, note, link in
      let below = note.map { note in
        """
        <br><span class="faint" style="font-size:14px;color:#626b67;">\(escaped(note))</span>
        """
      }
      return """
        <li class="line" style="margin:0;padding:8px 0;border-bottom:1px solid #e3e0d6;"><a class="accent" \
        href="\(escaped(link))" style="color:#0b5258;text-decoration:none;overflow-wrap:anywhere;">\
        \(escaped(text))</a>\(below ?? "")</li>
        """
    }
    return """
      <ul style="margin:0 0 20px;padding:0;list-style:none;font-size:15px;line-height:1.45;">
      \(items.joined(separator: "\n"))
      </ul>
      """
  }

  private static func quietLink(_ label: String, _ link: String) -> String {
    """
    <p style="margin:0 0 16px;font-size:14px;line-height:1.55;"><a class="accent" href="\(escaped(link))" \
    style="color:#0b5258;">\(escaped(label))</a></p>
    """
  }

  /// A link styled as a button, with its URL as text below.
  private static func button(_ label: String, _ link: String) -> String {
    """
    <p style="margin:4px 0 12px;"><a class="button" href="\(escaped(link))" style="display:inline-block;\
    padding:12px 22px;border-radius:8px;background:#0b5258;color:#ffffff;font-size:16px;font-weight:600;\
    text-decoration:none;">\(escaped(label))</a></p>
    <p class="faint" style="margin:0 0 16px;font-size:13px;line-height:1.45;color:#626b67;\
    overflow-wrap:anywhere;word-break:break-word;">\(escaped(link))</p>
    """
  }

  /// Escapes text for use between tags and in quoted attributes.
  static func escaped(_ text: String) -> String {
    var safe = ""
    safe.reserveCapacity(text.utf8.count)
    for character in withoutControls(text).unicodeScalars {
      switch character {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      default: safe.unicodeScalars.append(character)
      }
    }
    return safe
  }

  private static let font =
    "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;"

  private static let darkRules = """
    :root { color-scheme: light dark; supported-color-schemes: light dark; }
    @media (prefers-color-scheme: dark) {
    .page { background: #101514 !important; color: #ebf0ee !important; }
    .card { background: #171e1c !important; border-color: #28322f !important; }
    .strong { color: #ffffff !important; }
    .faint { color: #8e9c96 !important; }
    .line { border-color: #28322f !important; }
    .code { background: #0c100f !important; color: #ebf0ee !important; }
    .quote { background: #33270c !important; color: #efbe5c !important; }
    .button { background: #79d0cb !important; color: #06211f !important; }
    .accent { color: #79d0cb !important; }
    }
    """
}
