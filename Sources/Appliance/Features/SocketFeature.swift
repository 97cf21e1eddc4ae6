import HTTP

/// `/ws`: signs a socket in, and lets it listen to topics.
struct SocketFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  var routes: [Route] {
    // An older client opens `/`.
    ["/ws", "/"].map { path in
      .webSocket(
        path, .everyone, "Live updates: JSON frames {type, payload}", limits: appliance.socketLimits
      ) { request, socket in
        try FirstFrame(appliance: appliance, request: request, socket: socket)
      }
    }
  }
}
