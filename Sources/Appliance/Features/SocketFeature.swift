import HTTP

/// `/ws`: signs a socket in, and lets it listen to topics.
struct SocketFeature: Feature {
  let sockets: Sockets

  var routes: [Route] {
    // An older client opens `/`.
    ["/ws", "/"].map { path in
      .webSocket(
        path, .everyone, "Live updates: JSON frames {type, payload}", limits: sockets.limits
      ) { request, socket in
        try ProtocolSwitch(sockets, request: request, socket: socket)
      }
    }
  }
}
