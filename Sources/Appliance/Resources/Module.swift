/// A part of the intranet that an administrator can switch off: it is then gone from menu, routes and search.
enum Module: String, Sendable, CaseIterable {
  case announcements = "showAnnouncements"
  case content = "showContent"
  case documents = "showDocuments"
  case events = "showEvents"
  case forum = "showForum"
  case messages = "showMessages"
  case complaints = "showComplaints"
  case training = "showTraining"
}
