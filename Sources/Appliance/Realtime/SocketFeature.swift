import HTTP

/// `/ws`: signs a socket in, and lets it listen to topics.
struct SocketFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  var routes: [Route] {
    [
      .webSocket(
        "/ws", .everyone, "Live updates: JSON frames {type, payload}", limits: appliance.socketLimits
      ) { request, socket in
        try SocketSession(appliance: appliance, request: request, socket: socket)
      }
    ]
  }
}
