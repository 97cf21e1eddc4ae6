import HTTP

/// A part of the intranet that an administrator can disable, which removes it from menu, routes and search.
enum Module: String, Sendable, CaseIterable {
  case announcements = "showAnnouncements"
  case content = "showContent"
  case documents = "showDocuments"
  case events = "showEvents"
  case forum = "showForum"
  case messages = "showMessages"
  case complaints = "showComplaints"
  case training = "showTraining"

  /// Its name in `/api/appliance`.
  var word: StaticString {
    switch self {
    case .announcements: "announcements"
    case .content: "content"
    case .documents: "documents"
    case .events: "events"
    case .forum: "forum"
    case .messages: "messages"
    case .complaints: "complaints"
    case .training: "training"
    }
  }
}

extension Route {
  /// The same route, which answers 404 while the module is disabled.
  func belonging(to module: Module, _ settings: SystemSettings) -> Route {
    guard let handler else { return self }
    return handled { request in
      guard settings.isOn(module) else { throw Failure.notFound }
      return try await handler(request)
    }
  }
}
