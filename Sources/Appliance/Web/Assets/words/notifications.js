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
  'notify.none': ['Rien pour l’instant', 'Nothing yet'],
  'notify.noneText': [
    'Les mentions, les messages directs et les nouvelles de vos machines arriveront ici.',
    'Mentions, direct messages and news of your machines will come here.',
  ],

  'notify.count': ['{count} non lue|{count} non lues', '{count} unread'],
  'notify.allRead': ['Tout est lu', 'All is read'],
  'notify.list': ['Liste', 'List'],
  'notify.which': ['Lesquelles', 'Which'],
  'notify.everything': ['Toutes', 'All'],
  'notify.onlyUnread': ['Non lues', 'Unread'],
  'notify.delete': ['Supprimer', 'Delete'],
  'notify.deleteOf': ['Supprimer : {title}', 'Delete: {title}'],
  'notify.more': ['En montrer plus', 'Show more'],

  'notify.wishes': ['Comment être averti', 'How to be told'],
  'notify.wishesText': [
    'Les e-mails rassemblent ce qui n’est pas lu, au plus un par heure, et seulement quand vous n’êtes pas là.',
    'E-mails gather what is unread, at most one an hour, and only while you are away.',
  ],
  'notify.way.page': ['Sur la page', 'On the page'],
  'notify.way.browser': ['Par le navigateur', 'By the browser'],
  'notify.way.email': ['Par e\u2011mail', 'By e\u2011mail'],
  'notify.permission.default': [
    'Votre navigateur n’affiche pas encore les notifications d’OBox.',
    'Your browser does not show OBox’s notifications yet.',
  ],
  'notify.permission.ask': ['Autoriser', 'Allow'],
  'notify.permission.denied': [
    'Votre navigateur bloque les notifications de ce site. Cela se change dans ses réglages, près de l’adresse.',
    'Your browser blocks notifications from this site. That is changed in its settings, next to the address.',
  ],
  'notify.permission.none': [
    'Les notifications du navigateur demandent une connexion HTTPS et un navigateur qui les connaît.',
    'Browser notifications need an HTTPS connection and a browser that knows them.',
  ],
}
