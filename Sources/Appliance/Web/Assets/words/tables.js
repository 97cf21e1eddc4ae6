/** Sentences of the pages that are made from the server's description of a table: [French, English]. */
export default {
  'tables.title': ['Données', 'Data'],
  'tables.add': ['Ajouter {noun}', 'Add {noun}'],
  'tables.search': ['Rechercher', 'Search'],
  'tables.not': ['{label} : non', '{label}: no'],
  'tables.pair': ['{label} : {value}', '{label}: {value}'],
  'tables.none': ['Rien pour l’instant', 'Nothing here yet'],
  'tables.noneText': ['Les éléments ajoutés apparaîtront ici.', 'Items that are added will appear here.'],
  'tables.nothingFound': ['Aucun résultat', 'No results'],
  'tables.nothingFoundText': ['Essayez un autre mot.', 'Try another word.'],
  'tables.unknown': ['Cette page n’existe pas, ou vous n’y avez pas accès.', 'This page does not exist, or you do not have access to it.'],
  'tables.askDelete': ['Supprimer « {name} » ?', 'Delete “{name}”?'],
  'tables.askDeleteText': ['Cette action est définitive.', 'This cannot be undone.'],
}
