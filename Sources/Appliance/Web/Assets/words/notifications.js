/** Sentences of notifications: [French, English]. What each one says comes from the server. */
export default {
  'notify.title': ['Notifications', 'Notifications'],
  'notify.bell': ['Notifications, {count} non lue|Notifications, {count} non lues', 'Notifications, {count} unread'],
  'notify.announce': ['Nouvelle notification : {title}', 'New notification: {title}'],
  'notify.unread': ['non lue', 'unread'],
  'notify.mark': ['Marquer comme lue', 'Mark as read'],
  'notify.markOf': ['Marquer comme lue : {title}', 'Mark as read: {title}'],
  'notify.markAll': ['Tout marquer comme lu', 'Mark all as read'],
  'notify.all': ['Toutes les notifications', 'All notifications'],
  'notify.preferences': ['Préférences', 'Preferences'],
  'notify.none': ['Aucune notification', 'No notifications'],
  'notify.noneText': [
    'Les mentions, les messages directs et l’actualité de vos machines apparaîtront ici.',
    'Mentions, direct messages and updates about your machines will appear here.',
  ],

  'notify.count': ['{count} non lue|{count} non lues', '{count} unread'],
  'notify.allRead': ['Aucune notification non lue', 'No unread notifications'],
  'notify.list': ['Liste', 'List'],
  'notify.which': ['Notifications affichées', 'Notifications shown'],
  'notify.everything': ['Toutes', 'All'],
  'notify.onlyUnread': ['Non lues', 'Unread'],
  'notify.delete': ['Supprimer', 'Delete'],
  'notify.deleteOf': ['Supprimer : {title}', 'Delete: {title}'],
  'notify.more': ['Afficher plus', 'Show more'],

  'notify.wishes': ['Préférences de notification', 'Notification preferences'],
  'notify.wishesText': [
    'Les e-mails regroupent les notifications non lues : un par heure au maximum, et seulement en votre absence.',
    'Emails group unread notifications: at most one per hour, and only while you are away.',
  ],
  'notify.way.page': ['Dans OBox', 'In OBox'],
  'notify.way.browser': ['Navigateur', 'Browser'],
  'notify.way.email': ['E\u2011mail', 'Email'],
  'notify.permission.default': [
    'Autorisez votre navigateur à afficher les notifications d’OBox.',
    'Allow your browser to show notifications from OBox.',
  ],
  'notify.permission.ask': ['Autoriser', 'Allow'],
  'notify.permission.denied': [
    'Votre navigateur bloque les notifications de ce site. Autorisez-les dans les paramètres du site, à côté de l’adresse.',
    'Your browser is blocking notifications from this site. Allow them in the site settings, next to the address.',
  ],
  'notify.permission.none': [
    'Les notifications du navigateur nécessitent HTTPS et un navigateur compatible.',
    'Browser notifications require HTTPS and a supported browser.',
  ],
}
