/// The two ways to see a machine: its screen, keyboard and mouse by the VNC protocol, or its serial line.
public enum ConsoleKind: String, Sendable, CaseIterable {
  case vnc, serial
}
