/** Sentences about the load of the last hours: [French, English]. */
export default {
  'graph.title': ['Historique d’utilisation', 'Usage history'],
  'graph.length': ['Période affichée', 'Period shown'],
  'graph.hours.24': ['24 heures', '24 hours'],
  'graph.hours.2': ['2 heures', '2 hours'],
  'graph.none': ['Les premières mesures s’afficheront dans une à deux minutes.', 'The first measurements will appear in a minute or two.'],
  'graph.noneMachine': ['Aucune mesure : la machine n’était pas en marche pendant cette période.', 'No measurements: the machine was not running during this period.'],
  'graph.failed': ['Impossible de charger l’historique.', 'Could not load the history.'],
  'graph.now': ['maintenant', 'now'],
  'graph.last': ['dernière mesure : {time}', 'last measured at {time}'],
  'graph.use': ['Utilisez les flèches gauche et droite pour lire les valeurs', 'Use the left and right arrow keys to read values'],
  'graph.value': ['{time} : processeur {cpu}, mémoire {ram}, disque {disk}', '{time}: CPU {cpu}, memory {ram}, disk {disk}'],
  'graph.summary': [
    '{name} : {mean} en moyenne, {most} au maximum à {time}.',
    '{name}: {mean} on average, {most} at most at {time}.',
  ],
  'graph.gaps': ['{count} interruption des mesures.|{count} interruptions des mesures.', '{count} gap in the measurements.|{count} gaps in the measurements.'],
}
