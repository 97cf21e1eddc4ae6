import HTTP
import Hypervisor

extension ImageLibrary.Skipped {
  /// Why the file is not offered and what to do about it, for the administrator.
  var sentence: Sentence {
    switch reason {
    case .name:
      Sentence(
        fr:
          "Nom non valide. Utilisez <système>/<version>.qcow2 ou .img, avec des minuscules, chiffres, points et tirets.",
        en:
          "Invalid name. Use <system>/<version>.qcow2 or .img, with lowercase letters, digits, dots and hyphens."
      )
    case .leavesFolder:
      Sentence(
        fr: "Ce lien pointe hors du dossier des images. Copiez le fichier dans le dossier.",
        en: "This link points outside the image folder. Copy the file into the folder.")
    case .notAFile:
      Sentence(
        fr: "Ce n’est pas un fichier. Supprimez-le du dossier des images.",
        en: "This is not a file. Remove it from the image folder.")
    case .twice:
      Sentence(
        fr: "Un autre fichier fournit déjà cette version. Supprimez l’un des deux.",
        en: "Another file already provides this version. Delete one of the two.")
    case .tooMany:
      Sentence(
        fr: "Trop d’images dans le dossier. Supprimez-en quelques-unes.",
        en: "Too many images in the folder. Delete some.")
    case .image(let problem): problem.sentence
    }
  }
}

extension DiskImage.Problem {
  fileprivate var sentence: Sentence {
    switch self {
    case .unreadable:
      Sentence(
        fr: "OBox ne peut pas lire ce fichier. Vérifiez ses droits d’accès.",
        en: "OBox cannot read this file. Check its permissions.")
    case .unknownFormat:
      Sentence(
        fr: "Format inconnu : ni qcow2 ni disque brut. Convertissez l’image avec qemu-img convert -O qcow2.",
        en: "Unknown format: neither qcow2 nor raw. Convert the image with qemu-img convert -O qcow2.")
    case .wrongFormat:
      Sentence(
        fr: "Ce fichier n’est pas au format qcow2. Renommez-le en .img ou convertissez-le.",
        en: "This file is not in qcow2 format. Rename it to .img or convert it.")
    case .unsupportedVersion:
      Sentence(
        fr:
          "Cette version de qcow2 n’est pas prise en charge. Convertissez-la avec qemu-img convert -O qcow2.",
        en: "This qcow2 version is not supported. Convert it with qemu-img convert -O qcow2.")
    case .hasBackingFile:
      Sentence(
        fr: "Cette image dépend d’un autre fichier. Convertissez-la avec qemu-img convert -O qcow2.",
        en: "This image depends on another file. Convert it with qemu-img convert -O qcow2.")
    case .encrypted:
      Sentence(
        fr: "Cette image est chiffrée. Utilisez une image non chiffrée.",
        en: "This image is encrypted. Use an unencrypted image.")
    case .damaged:
      Sentence(
        fr: "Cette image est endommagée. Téléchargez-la de nouveau.",
        en: "This image is damaged. Download it again.")
    case .truncated:
      Sentence(
        fr: "Cette image est incomplète. Copiez-la de nouveau.",
        en: "This image is incomplete. Copy it again.")
    }
  }
}
