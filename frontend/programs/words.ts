// Sentences that the programs say. French is the source; English follows the page's language.

const FRENCH = {
  savedAt: (time: string) => `Enregistré à ${time}`,
  time: (hours: string, minutes: string) => `${hours} h ${minutes}`,
  offline: "Pas de réseau. Gardé sur cet appareil, envoyé dès que possible.",
  serverDown: "Le site ne répond pas. Gardé sur cet appareil, envoyé dès que possible.",
  notKept: "Pas encore enregistré. Laissez cette page ouverte : l’envoi reprend dès que possible.",
  signedOut: "Vous n’êtes plus connecté·e. Vos réponses sont gardées sur cet appareil.",
  signedOutNotKept: "Vous n’êtes plus connecté·e. Copiez votre texte avant de quitter cette page.",
  signIn: "Se connecter et revenir ici",
  refused: "Le site n’a pas pu enregistrer cette réponse. Elle est gardée sur cet appareil.",
  refusedNotKept: "Le site n’a pas pu enregistrer cette réponse. Copiez-la avant de quitter cette page.",
  restored: "Votre réponse gardée sur cet appareil est revenue. Envoi en cours.",
  conflict: "Cette réponse a aussi été modifiée ailleurs",
  conflictWhat: "Les deux versions sont gardées. Choisissez celle qui reste.",
  mine: "Votre version, sur cet appareil",
  theirs: "L’autre version",
  keepMine: "Garder ma version",
  takeTheirs: "Prendre l’autre version",
  keepBoth: "Garder les deux, l’un après l’autre",
  waitingElsewhere: "Une autre réponse, gardée sur cet appareil, n’est pas encore enregistrée : elle attend votre choix.",
  review: "La revoir",
  nothing: "(vide)",
  left: (count: number) => (count > 1 ? `Encore ${count} caractères` : `Encore ${count} caractère`),
  over: (count: number) => (count > 1 ? `${count} caractères de trop` : `${count} caractère de trop`),
  tooHeavy: (size: string, limit: string) =>
    `Cette photo fait ${size} Mo, la limite est ${limit} Mo. Vos réponses sont gardées. Elle n’est pas envoyée : choisissez une photo plus petite.`,
  notAPicture: "Ce fichier n’est pas une photo. Choisissez une image (JPEG, PNG, WebP ou HEIC).",
  withoutPicture: "Continuer sans photo",
  preview: "La photo choisie",
  suggestions: (count: number) =>
    count === 0 ? "Aucune proposition" : count === 1 ? "1 proposition" : `${count} propositions`,
  copied: "Lien copié",
  copyFailed: "Le lien n’a pas pu être copié. Il est dans la barre d’adresse.",
  show: "Montrer",
  hide: "Cacher",
  loadFailed: "La page n’a pas pu être mise à jour. Vérifiez le réseau et réessayez.",
  voiceStates: {
    ready: "Prêt à enregistrer",
    recording: "Enregistrement",
    paused: "En pause",
    "to-send": "À envoyer",
    sending: "Envoi en cours",
    kept: "Gardé sur cet appareil",
  },
  voiceActs: {
    begin: "Enregistrer ma voix",
    pause: "Mettre en pause",
    resume: "Reprendre",
    stop: "Terminer",
    send: "Envoyer",
    erase: "Effacer",
  },
  voiceListen: "Réécouter avant d’envoyer",
  voiceSent: "Envoyé. Votre enregistrement est ci-dessous.",
  voiceKept: "Pas de réseau, ou le site ne répond pas. L’enregistrement est gardé sur cet appareil et partira dès que possible.",
  voiceSignedOut: "Vous n’êtes plus connecté·e. L’enregistrement est gardé sur cet appareil : connectez-vous et revenez ici.",
  voiceRefused: "Le site n’a pas pu prendre cet enregistrement. Il est gardé sur cet appareil.",
  voiceRestored: "Cet enregistrement, gardé sur cet appareil, n’est pas encore envoyé.",
  voiceNoMicrophone:
    "Le micro n’est pas disponible. Autorisez-le dans le navigateur, ou envoyez un fichier son ci-dessous.",
  voiceNotKept: "Cet appareil ne peut pas garder l’enregistrement : envoyez-le avant de quitter cette page.",
};

type Words = typeof FRENCH;

const ENGLISH: Words = {
  savedAt: (time) => `Saved at ${time}`,
  time: (hours, minutes) => `${hours}:${minutes}`,
  offline: "No network. Kept on this device, sent as soon as possible.",
  serverDown: "The site does not answer. Kept on this device, sent as soon as possible.",
  notKept: "Not saved yet. Leave this page open: it will be sent as soon as possible.",
  signedOut: "You are signed out. Your answers are kept on this device.",
  signedOutNotKept: "You are signed out. Copy your text before you leave this page.",
  signIn: "Sign in and come back here",
  refused: "The site could not save this answer. It is kept on this device.",
  refusedNotKept: "The site could not save this answer. Copy it before you leave this page.",
  restored: "The answer kept on this device is back. Sending it.",
  conflict: "This answer was also changed elsewhere",
  conflictWhat: "Both versions are kept. Choose the one that stays.",
  mine: "Your version, on this device",
  theirs: "The other version",
  keepMine: "Keep my version",
  takeTheirs: "Take the other version",
  keepBoth: "Keep both, one after the other",
  waitingElsewhere: "Another answer, kept on this device, is not saved yet: it waits for your choice.",
  review: "See it again",
  nothing: "(empty)",
  left: (count) => (count === 1 ? "1 character left" : `${count} characters left`),
  over: (count) => (count === 1 ? "1 character too many" : `${count} characters too many`),
  tooHeavy: (size, limit) =>
    `This picture is ${size} MB, the limit is ${limit} MB. Your answers are kept. It is not sent: choose a smaller picture.`,
  notAPicture: "This file is not a picture. Choose an image (JPEG, PNG, WebP or HEIC).",
  withoutPicture: "Go on without a picture",
  preview: "The chosen picture",
  suggestions: (count) => (count === 0 ? "No suggestion" : count === 1 ? "1 suggestion" : `${count} suggestions`),
  copied: "Link copied",
  copyFailed: "The link could not be copied. It is in the address bar.",
  show: "Show",
  hide: "Hide",
  loadFailed: "The page could not be updated. Check the network and try again.",
  voiceStates: {
    ready: "Ready to record",
    recording: "Recording",
    paused: "Paused",
    "to-send": "To send",
    sending: "Sending",
    kept: "Kept on this device",
  },
  voiceActs: {
    begin: "Record my voice",
    pause: "Pause",
    resume: "Go on",
    stop: "Finish",
    send: "Send",
    erase: "Delete",
  },
  voiceListen: "Listen before sending",
  voiceSent: "Sent. Your recording is below.",
  voiceKept: "No network, or the site does not answer. The recording is kept on this device and leaves as soon as possible.",
  voiceSignedOut: "You are signed out. The recording is kept on this device: sign in and come back here.",
  voiceRefused: "The site could not take this recording. It is kept on this device.",
  voiceRestored: "This recording, kept on this device, is not sent yet.",
  voiceNoMicrophone: "The microphone is not available. Allow it in the browser, or send a sound file below.",
  voiceNotKept: "This device cannot keep the recording: send it before you leave this page.",
};

/** The sentences in the language of the page. */
export const wordsFor = (language: string): Words => (language.startsWith("en") ? ENGLISH : FRENCH);

/** « 14 h 32 » in French, "14:32" in English, in the device's own time zone. */
export function clockTime(moment: Date, words: Words): string {
  const two = (figure: number) => String(figure).padStart(2, "0");
  return words.time(String(moment.getHours()), two(moment.getMinutes()));
}

export type { Words };
