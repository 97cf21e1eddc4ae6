import HTTP
import Hypervisor

extension ImageLibrary.Skipped {
  /// Why the file is not offered, and what to do, for the administrator.
  var sentence: Sentence {
    switch reason {
    case .name:
      Sentence(
        fr:
          "Nom refusé : utilisez <système>/<version>.qcow2 ou .img, en minuscules, chiffres, points et tirets.",
        en: "Name not accepted: use <system>/<version>.qcow2 or .img, in lower case, digits, dots and dashes."
      )
    case .leavesFolder:
      Sentence(
        fr: "Le lien mène hors du dossier des images. Copiez le fichier dans le dossier.",
        en: "The link leads outside the image folder. Copy the file into the folder.")
    case .notAFile:
      Sentence(fr: "Ce n’est pas un fichier.", en: "This is not a file.")
    case .twice:
      Sentence(
        fr: "Un autre fichier fournit déjà cette version. Supprimez l’un des deux.",
        en: "Another file already provides this version. Delete one of the two.")
    case .tooMany:
      Sentence(fr: "Trop d’images dans le dossier.", en: "Too many images in the folder.")
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
        fr: "Ce n’est ni une image qcow2 ni un disque brut. Convertissez-la avec qemu-img convert -O qcow2.",
        en: "This is neither a qcow2 image nor a raw disk. Convert it with qemu-img convert -O qcow2.")
    case .wrongFormat:
      Sentence(
        fr: "Le contenu n’est pas au format qcow2. Renommez le fichier en .img ou convertissez-le.",
        en: "The content is not in qcow2 format. Rename the file to .img or convert it.")
    case .unsupportedVersion:
      Sentence(
        fr:
          "Cette variante de qcow2 n’est pas prise en charge. Convertissez-la avec qemu-img convert -O qcow2.",
        en: "This variant of qcow2 is not supported. Convert it with qemu-img convert -O qcow2.")
    case .hasBackingFile:
      Sentence(
        fr: "L’image dépend d’un autre fichier. Rendez-la autonome avec qemu-img convert -O qcow2.",
        en: "The image depends on another file. Make it self-contained with qemu-img convert -O qcow2.")
    case .encrypted:
      Sentence(
        fr: "L’image est chiffrée. Fournissez une image non chiffrée.",
        en: "The image is encrypted. Provide an unencrypted image.")
    case .damaged:
      Sentence(
        fr: "L’image est endommagée. Téléchargez-la à nouveau.",
        en: "The image is damaged. Download it again.")
    case .truncated:
      Sentence(
        fr: "L’image est incomplète : la copie s’est interrompue. Copiez-la à nouveau.",
        en: "The image is incomplete: the copy was interrupted. Copy it again.")
    }
  }
}
