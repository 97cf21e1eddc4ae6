import CLibevent
import Glibc

/// The loop's side of a WebSocket: moves bytes between libevent, the protocol and the delegate.
///
/// `@unchecked Sendable`: used on the loop's thread only.
final class SocketChannel: @unchecked Sendable {
  /// More frames are passed to libevent only when its output buffer is below this many bytes; frames still
  /// queued can be dropped.
  private static let lowWater = 64 << 10
  private static let ping = Frame(.ping, payload: [])

  let socket: WebSocket
  private let connection: Connection
  private let limits: WebSocketLimits
  private var machine: WebSocketMachine
  private var delegate: (any WebSocketDelegate)?
  private let pingEvery: Int64
  private var lastPing: Int64 = 0
  /// The close handshake is over: close once everything is sent.
  private var isFinishing = false

  init(
    socket: WebSocket, connection: Connection, limits: WebSocketLimits, delegate: any WebSocketDelegate
  ) {
    self.socket = socket
    self.connection = connection
    self.limits = limits
    self.delegate = delegate
    pingEvery = limits.pingEvery.milliseconds
    machine = WebSocketMachine(maxMessage: limits.maxMessage)
  }

  /// Takes the connection over from evhttp; the 101 has been sent.
  func open() {
    let bufferevent = connection.bufferevent
    socket.channel = self
    connection.channel = self
    // The engine keeps the connection, and it this object, until evhttp frees the bufferevent.
    let me = Unmanaged.passUnretained(self).toOpaque()
    bufferevent_setcb(bufferevent, channelReads, channelWrote, channelEnds, me)
    bufferevent_enable(bufferevent, Int16(EV_READ | EV_WRITE))
    guard connection.handle != nil else { return }
    socket.noteHeard()
    delegate?.opened(socket)
    flush()
    read()
  }

  func close(code: UInt16, reason: String) {
    perform(machine.close(code: code, reason: reason))
    connection.deadline = connection.engine.now + limits.patience.milliseconds
  }

  /// Called when the server stops.
  func goAway() {
    socket.refuseFurther()
    close(code: 1001, reason: "")
  }

  /// Called when the connection is closed.
  func lost() {
    reportClose(nil)
    socket.refuseFurther()
    socket.forgetQueue()
    socket.noteBuffered(0)
    socket.channel = nil
  }

  /// Whether the peer has been silent long enough to be pinged or given up.
  func isDue(_ now: Int64) -> Bool { machine.isOpen && now - socket.lastHeard >= pingEvery }

  /// Pings a silent peer, or gives it up.
  func tick(_ now: Int64) {
    if now - socket.lastHeard >= limits.deadAfter.milliseconds {
      connection.drop()
    } else if now - lastPing >= pingEvery {
      lastPing = now
      socket.sendControl(Self.ping)
    }
  }

  /// Passes queued frames to the network, in batches.
  func flush() {
    guard connection.handle != nil, let output = bufferevent_get_output(connection.bufferevent) else {
      return
    }
    while evbuffer_get_length(output) < Self.lowWater {
      let frames = socket.take(Self.lowWater)
      if frames.isEmpty { break }
      write(frames, output)
    }
    let waiting = evbuffer_get_length(output)
    socket.noteBuffered(waiting)
    if isFinishing, waiting == 0, socket.queuedBytes == 0 { return finish() }
    delegate?.flushed(socket)
  }

  /// Closes after the last frame. After a protocol error the peer may still be sending, and closing would
  /// make its system discard our close frame: its input is then read and discarded until it closes or the
  /// time is up.
  private func finish() {
    let connection = connection
    guard machine.hasFailed else { return connection.engine.loop.run { connection.drop() } }
    connection.finishSending()
  }

  fileprivate func read() {
    guard let input = bufferevent_get_input(connection.bufferevent) else { return }
    socket.noteHeard()
    var actions: [WebSocketMachine.Action] = []
    while evbuffer_get_length(input) > 0 {
      var piece = iovec()
      guard evbuffer_peek(input, -1, nil, &piece, 1) > 0, let start = piece.iov_base else { break }
      let bytes = UnsafeRawBufferPointer(start: start, count: piece.iov_len)
      actions += bytes.withMemoryRebound(to: UInt8.self) { machine.receive($0) }
      evbuffer_drain(input, piece.iov_len)
    }
    perform(actions)
  }

  private func perform(_ actions: [WebSocketMachine.Action]) {
    for action in actions {
      switch action {
      case .text(let text): if !socket.isClosing { delegate?.received(text: text, on: socket) }
      case .binary(let bytes): if !socket.isClosing { delegate?.received(binary: bytes, on: socket) }
      case .send(.pong, let payload): socket.sendPong(payload)
      case .send(let opcode, let payload): socket.sendControl(Frame(opcode, payload: payload))
      case .end(let code):
        socket.refuseFurther()
        reportClose(code)
      }
    }
    guard machine.hasEnded, !isFinishing else { return }
    isFinishing = true
    connection.deadline = connection.engine.now + limits.patience.milliseconds
    flush()
  }

  /// Once.
  private func reportClose(_ code: UInt16?) {
    let owner = delegate
    delegate = nil
    owner?.closed(socket, code: code)
  }

  private func write(_ frames: [Frame], _ output: OpaquePointer) {
    var sent = 0
    if !connection.isTLS, evbuffer_get_length(output) == 0 { sent = sendNow(frames) }
    for frame in frames {
      guard sent < frame.count else {
        sent -= frame.count
        continue
      }
      if frame.count - sent <= 1024 {
        frame.bytes.withBytes { bytes in
          _ = evbuffer_add(output, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        }
      } else {
        connection.append(frame.bytes, from: sent)
      }
      sent = 0
    }
  }

  /// Writes to the socket directly, past libevent's buffer; returns the number of bytes the kernel took.
  private func sendNow(_ frames: [Frame]) -> Int {
    withUnsafeTemporaryAllocation(of: iovec.self, capacity: frames.count) { pieces in
      for (index, frame) in frames.enumerated() {
        // The array retains the frames while the kernel copies.
        frame.bytes.withBytes { bytes in
          pieces[index] = iovec(
            iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
        }
      }
      var message = msghdr()
      message.msg_iov = pieces.baseAddress
      message.msg_iovlen = frames.count
      let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
      return max(0, sendmsg(bufferevent_getfd(connection.bufferevent), &message, flags))
    }
  }
}

private func channelReads(_ bufferevent: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  Unmanaged<SocketChannel>.fromOpaque(argument).takeUnretainedValue().read()
}

private func channelWrote(_ bufferevent: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  Unmanaged<SocketChannel>.fromOpaque(argument).takeUnretainedValue().flush()
}

private func channelEnds(
  _ bufferevent: OpaquePointer?, _ what: Int16, _ argument: UnsafeMutableRawPointer?
) {
  guard let argument, Int32(what) & (BEV_EVENT_EOF | BEV_EVENT_ERROR) != 0 else { return }
  let channel = Unmanaged<SocketChannel>.fromOpaque(argument).takeUnretainedValue()
  channel.dropConnection()
}

extension SocketChannel {
  fileprivate func dropConnection() { connection.drop() }
}
