// Sentences of the program. The page is kept on devices and belongs to nobody: it speaks French until the site says
// which language the person chose; the forms speak theirs.
import { ENGLISH } from "./words_english.ts";

const plural = (count: number, one: string, many: string): string => (count > 1 ? `${count} ${many}` : `${count} ${one}`);

const FRENCH = {
  locale: "fr-FR",
  decimal: ",",
  firstDay: "1er ",
  title: "Sur le terrain",
  skip: "Aller au contenu",
  away: "Les grilles",
  neverNames: "N’écrivez jamais ici le nom d’une personne accompagnée. Parlez des situations, par les rôles.",
  yes: "Oui",
  version: (kind: string, number: string) => `${kind}, version ${number}`,
  required: "Répondez à cette question.",
  notAccepted: "Cette réponse n’est pas acceptée. Vérifiez-la.",
  mandatory: "(obligatoire)",
  summary: (count: number) => (count > 1 ? `${count} réponses sont à revoir` : "Une réponse est à revoir"),
  summaryKept: "Tout ce que vous avez écrit est gardé sur cet appareil.",
  next: "Suivant",
  previous: "Précédent",
  later: "Continuer, j’y reviendrai",
  check: "Vérifier et envoyer",
  step: (at: number, of: number) => `Partie ${at} sur ${of}`,
  lastTitle: "Vérifier et envoyer",
  lastReady: "Tout est prêt. La fiche part dès qu’il y a du réseau ; vous pouvez fermer cette page.",
  lastMissing: "Avant d’envoyer :",
  send: "Envoyer la fiche",
  savedAt: (time: string) => `Gardée sur cet appareil à ${time}`,
  notSaved: "Cette fiche n’a pas pu être gardée sur l’appareil. Faites de la place, ou envoyez les fiches qui attendent.",
  time: (hours: string, minutes: string) => `${hours} h ${minutes}`,
  language: "Langue des questions",
  choose: "Choisissez",
  remove: "Retirer",
  removeFile: "Retirer le fichier",
  add: (what: string) => `Ajouter : ${what}`,
  instance: (what: string, at: number) => `${what} ${at}`,
  another: "une autre réponse",
  up: "Monter",
  down: "Descendre",
  keepOrder: "Garder cet ordre",
  between: (low: string, high: string) => `De ${low} à ${high}.`,
  place: "Utiliser ma position",
  placeAdd: "Ajouter ma position",
  placeAsking: "Recherche de la position…",
  placeFailed: "La position n’a pas été trouvée. Écrivez-la, ou continuez sans.",
  latitude: "Latitude",
  longitude: "Longitude",
  points: (count: number) => plural(count, "point noté", "points notés"),
  pointAdd: "Ajouter ce point",
  pointWrong: "Écrivez une latitude (de -90 à 90) et une longitude (de -180 à 180), en degrés.",
  clear: "Effacer",
  record: "Enregistrer un son",
  stop: "Arrêter l’enregistrement",
  recording: "Enregistrement en cours.",
  noMicrophone: "Le micro n’est pas disponible. Choisissez un fichier, ou écrivez.",
  preview: "Le fichier choisi",
  tooHeavy: (size: string) => `Ce fichier fait ${size} Mo, la limite est 20 Mo. Choisissez-en un plus petit.`,
  fileKept: (name: string, size: string) => `${name}, ${size} Mo, gardé sur cet appareil`,
  fileLost: "Ce fichier n’est plus sur l’appareil. Choisissez-le de nouveau.",

  more: (count: number) => `Et ${plural(count, "autre fiche", "autres fiches")}.`,
  withdrawn: (count: number) =>
    count > 1
      ? `${count} fiches retirées de cet appareil : la personne a retiré son accord. Elles ne sont plus lisibles et ne partiront pas.`
      : "1 fiche retirée de cet appareil : la personne a retiré son accord. Elle n’est plus lisible et ne partira pas.",
  understood: "J’ai compris",
  gone: "Cette fiche n’est plus sur cet appareil : elle a été effacée ou retirée.",
  unsent: (count: number) => (count === 0 ? "Aucune fiche à envoyer" : plural(count, "fiche non envoyée", "fiches non envoyées")),
  where: "Fiches et réseau",
  offline: "Pas de réseau. Tout fonctionne quand même.",
  online: "En ligne",
  toFill: "À remplir",
  nothingToFill: "Aucune grille n’est publiée pour vous. Quand il y en aura une, ouvrez cette page avec du réseau.",
  never: "Cet appareil n’est pas encore prêt. Connectez-vous une fois avec du réseau : les grilles seront gardées ici.",
  closed: "Connectez-vous pour retrouver vos grilles et vos fiches. Elles sont gardées sur cet appareil.",
  begin: "Commencer une fiche",
  drafts: "Commencées",
  resume: "Reprendre",
  erase: "Effacer",
  eraseSure: "Effacer cette fiche ? Ce qu’elle contient sera perdu.",
  waiting: "À envoyer",
  sending: "Envoi en cours…",
  sendNow: "Envoyer maintenant",
  willRetry: (time: string) => `Le site n’a pas répondu. Nouvel essai à ${time}.`,
  signedOut: "Connectez-vous pour envoyer. Les fiches restent sur cet appareil.",
  signIn: "Se connecter",
  otherAccount: (count: number) =>
    plural(
      count,
      "fiche d’une autre personne attend sur cet appareil, jusqu’à ce qu’elle se connecte ici.",
      "fiches d’autres personnes attendent sur cet appareil, jusqu’à ce qu’elles se connectent ici.",
    ),
  refused: (words: string) => `Le site a refusé cette fiche : ${words} Elle reste sur cet appareil.`,
  sent: (title: string) => `« ${title} » est arrivée.`,
  sentAside: (title: string, words: string) => `« ${title} » est arrivée, et mise de côté : ${words}`,
  takeBack: "Modifier",
  openElsewhere: "Cette fiche est ouverte dans un autre onglet.",
  brokenForm: "Cette grille ne s’ouvre pas sur cet appareil.",
  brokenDraft: "Cette fiche ne s’est pas rouverte. Elle reste gardée : sauvegardez-la dans un fichier, puis demandez de l’aide.",
  back: "Revenir à la liste",
  account: (name: string) => `Connecté·e : ${name}`,

  safety: "Sauvegarder ce qui n’est pas envoyé",
  safetyWhat: "Un fichier chiffré, que seule votre phrase ouvre. Il se reprend ici, sur un autre appareil ou dans un autre navigateur.",
  passphrase: "Votre phrase secrète",
  passphraseHint: "Douze signes au moins. Sans elle, personne ne rouvrira le fichier.",
  passphraseShort: "Écrivez douze signes au moins.",
  exportFile: "Faire le fichier",
  exported: (count: number) => `${plural(count, "fiche est", "fiches sont")} dans le fichier. Gardez-le en lieu sûr.`,
  nothingToExport: "Aucune fiche n’attend : il n’y a rien à sauvegarder.",
  importFile: "Reprendre un fichier",
  importChoose: "Le fichier de sauvegarde",
  imported: (count: number) => (count === 0 ? "Ces fiches étaient déjà là." : `${plural(count, "fiche reprise", "fiches reprises")}.`),
  importFailed: "Ce fichier ne s’ouvre pas avec cette phrase. Vérifiez les deux.",

  roomLow: (free: string) => `Il ne reste que ${free} Mo pour ce site sur l’appareil. Envoyez ou sauvegardez vos fiches, puis faites de la place.`,
  mayForget: "Ce navigateur peut effacer ce qu’il garde après quelques jours sans visite. Envoyez vos fiches, ou sauvegardez-les.",
  install: "Installer sur cet appareil",

  trialOpening: "Ouverture de la grille…",
  trialOpens: "La grille s’ouvre dans ce navigateur. Essayez-la : rien n’est envoyé.",
  trialFails: "La grille ne s’ouvre pas dans ce navigateur, elle ne peut donc pas être publiée.",
  trialUnsaid: "Le résultat n’a pas pu être noté. Rechargez la page.",
  trialEnd: "Fin de l’essai : rien n’est envoyé.",
};

export type Words = typeof FRENCH;

export let WORDS: Words = FRENCH;

/** Say everything in this language from now on: English, or French. */
export const speak = (language: string): void => {
  WORDS = language.startsWith("en") ? ENGLISH : FRENCH;
};

/** Megabytes: one decimal below ten. */
export const megabytes = (bytes: number): string => {
  const amount = bytes / (1024 * 1024);
  return amount.toLocaleString(WORDS.locale, { maximumFractionDigits: amount < 10 ? 1 : 0 });
};

/** A number as it is written in the language, and back as the form has it. */
export const written = (value: string): string => value.replace(".", WORDS.decimal);

export const timeOf = (moment: number): string => {
  const date = new Date(moment);
  return WORDS.time(String(date.getHours()), String(date.getMinutes()).padStart(2, "0"));
};

// The first of a month has a name of its own in French.
const first = (said: string): string => said.replace(/^1 /, WORDS.firstDay);

export const dayOf = (moment: number): string =>
  first(new Date(moment).toLocaleDateString(WORDS.locale, { day: "numeric", month: "long" }));

/** The same with its year. */
export const fullDayOf = (moment: Date): string =>
  first(moment.toLocaleDateString(WORDS.locale, { day: "numeric", month: "long", year: "numeric" }));
