import HTTP

/// Socket.IO for an older client: its words, translated.
struct SocketIO: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }
}
