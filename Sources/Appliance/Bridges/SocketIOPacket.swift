import HTTP

/// One Socket.IO 5 packet, carried by an Engine.IO message. https://socket.io/docs/v4/socket-io-protocol/
enum SocketIOPacket: Equatable {
  case connect(namespace: String, auth: JSONValue)
  case disconnect(namespace: String)
  /// `ack` is the number for an acknowledgement, if the client wants one.
  case event(namespace: String, name: String, arguments: [JSONValue], ack: Int?)
  /// An acknowledgement, which we never request, or a binary packet: ignored.
  case unused

  /// Parses a packet; nil when it is malformed.
  init?(_ text: String) {
    var rest = text.utf8[...]
    guard let digit = rest.popFirst(), (0x30...0x36).contains(digit) else { return nil }
    let type = digit - 0x30
    if type >= 5 {
      guard let dash = rest.firstIndex(of: UInt8(ascii: "-")), Int(Substring(rest[..<dash])) != nil else {
        return nil
      }
      self = .unused
      return
    }
    var namespace = "/"
    if rest.first == UInt8(ascii: "/") {
      let name = rest.prefix { $0 != UInt8(ascii: ",") }
      namespace = String(Substring(name))
      rest = rest[name.endIndex...].dropFirst()
    }
    guard namespace.utf8.count <= 200 else { return nil }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest.dropFirst(digits.count)
    // Acknowledgement numbers are counters, so longer ones are rejected.
    guard digits.count <= 15 else { return nil }
    var data = JSONValue.null
    if !rest.isEmpty {
      guard let parsed = JSONValue(parsing: Array(rest)) else { return nil }
      data = parsed
    }
    switch type {
    case 0:
      guard data.isNull || data.object != nil else { return nil }
      self = .connect(namespace: namespace, auth: data)
    case 1: self = .disconnect(namespace: namespace)
    case 2:
      guard let name = data[0]?.string, let arguments = data.array?.dropFirst() else { return nil }
      self = .event(
        namespace: namespace, name: name, arguments: Array(arguments), ack: Int(Substring(digits)))
    default: self = .unused
    }
  }

  /// The packet that confirms a connection.
  static func connected(_ sid: String) -> Frame {
    frame("40") { json in
      json.object { json in
        json.field("sid", sid)
      }
    }
  }

  /// The packet that refuses a connection.
  static func refused(_ namespace: String, _ message: String) -> Frame {
    frame("44" + (namespace == "/" ? "" : namespace + ",")) { json in
      json.object { json in
        json.field("message", message)
      }
    }
  }

  static let disconnected = Frame(text: "41")

  /// The acknowledgement of an event: success when `refusal` is nil, else its code and message.
  static func acknowledged(_ ack: Int, _ refusal: (code: String, message: String)?) -> Frame {
    frame("43\(ack)") { json in
      json.array { json in
        json.object { json in
          json.field("success", refusal == nil)
          if let refusal {
            json.field("code", refusal.code)
            json.field("message", refusal.message)
          }
        }
      }
    }
  }

  /// An event with one argument of encoded JSON.
  static func event(_ name: StaticString, _ argument: some Collection<UInt8>, droppable: Bool) -> Frame {
    var text = Array("42[\"\(name)\",".utf8)
    text.append(contentsOf: argument)
    text.append(UInt8(ascii: "]"))
    return Frame(text: text, droppable: droppable)
  }

  private static func frame(_ start: String, _ write: (inout JSONWriter) -> Void) -> Frame {
    var json = JSONWriter()
    write(&json)
    return Frame(text: Array(start.utf8) + json.bytes)
  }
}
