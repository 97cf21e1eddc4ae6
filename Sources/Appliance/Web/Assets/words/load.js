/** Sentences about the load of the last hours: [French, English]. */
export default {
  'graph.title': ['Charge des dernières heures', 'Load of the last hours'],
  'graph.length': ['Durée montrée', 'Length shown'],
  'graph.hours.24': ['24 heures', '24 hours'],
  'graph.hours.2': ['2 heures', '2 hours'],
  'graph.none': ['Les premières mesures arrivent dans une à deux minutes.', 'The first measurements come in a minute or two.'],
  'graph.noneMachine': ['Aucune mesure : la machine n’a pas tourné pendant ce temps.', 'No measurements: the machine did not run in that time.'],
  'graph.failed': ['La charge passée n’a pas pu être lue.', 'The past load could not be read.'],
  'graph.now': ['maintenant', 'now'],
  'graph.last': ['dernière mesure : {time}', 'last measured at {time}'],
  'graph.use': ['Flèches gauche et droite : lire les valeurs', 'Left and right arrows read the values'],
  'graph.value': ['{time} : processeur {cpu}, mémoire {ram}, disque {disk}', '{time}: processor {cpu}, memory {ram}, disk {disk}'],
  'graph.summary': [
    '{name} : {mean} en moyenne, {most} au plus, à {time}.',
    '{name}: {mean} on average, {most} at most, at {time}.',
  ],
  'graph.gaps': ['{count} interruption sans mesure.|{count} interruptions sans mesure.', '{count} break without measurements.|{count} breaks without measurements.'],
}
