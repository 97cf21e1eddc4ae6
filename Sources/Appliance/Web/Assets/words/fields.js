/** Sentences of the form fields: [French, English]. */
export default {
  'tables.tagsHint': ['Séparez les mots par des virgules.', 'Separate words with commas.'],
  'audience.chosen': ['Destinataires choisis', 'Selected recipients'],
  'audience.everyone': ['Tout le monde', 'Everyone'],
  'audience.more': ['Ajouter', 'Add'],
  'audience.hint': ['Personnes, services, rôles ou catégories. Sans choix : tout le monde.', 'People, departments, roles or categories. If none is chosen: everyone.'],
  'audience.count': ['{count} destinataire|{count} destinataires', '{count} recipient|{count} recipients'],
  'audience.kind.department': ['Service', 'Department'],
  'audience.kind.role': ['Rôle', 'Role'],
  'audience.kind.category': ['Catégorie', 'Category'],
  'audience.kind.user': ['Personne', 'Person'],
  'file.choose': ['Choisir un fichier', 'Choose a file'],
  'file.replace': ['Remplacer', 'Replace'],
  'file.remove': ['Retirer le fichier', 'Remove the file'],
  'file.sending': ['Envoi en cours', 'Uploading'],
  'file.current': ['Fichier actuel', 'Current file'],
}
