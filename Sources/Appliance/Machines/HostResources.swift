/// Resources of the host: total and used.
struct HostResources: Sendable, Equatable {
  var cores = 1
  /// Percent of all cores, 0 to 100.
  var cpuUsage = 0
  /// Average of the last full minute in percent; 0 during the first minute.
  var cpuMinute = 0
  var hasMinute = false
  /// In MB.
  var memoryUsed = 0
  var memoryTotal = 0
  var memoryPercent = 0
  /// In GB.
  var diskUsed = 0
  var diskTotal = 0
  var diskPercent = 0
  /// True when the host could not be read, so that the values above are meaningless.
  var isUnknown = false
}
