import HTTP

/// Files that people send, and that others fetch.
struct UploadsFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }
}
