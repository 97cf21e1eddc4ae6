import HTTP

/// The WebSocket at `/ws`: sign-in and subscription to topics.
struct SocketFeature: Feature {
  let sockets: Sockets

  var routes: [Route] {
    // Older clients open `/`.
    ["/ws", "/"].map { path in
      .webSocket(
        path, .everyone, "Live updates: JSON frames {type, payload}", limits: sockets.limits
      ) { request, socket in
        try ProtocolSwitch(sockets, request: request, socket: socket)
      }
    }
  }
}
