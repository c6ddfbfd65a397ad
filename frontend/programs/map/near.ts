// « Autour de moi »: the device knows where it is, tells a square of some kilometres, and sorts by itself.
import type { Alone } from "./asking.ts";
import { distance, distanceWords, type Place } from "./square.ts";
import type { Words } from "./marks.ts";

export interface Sorted {
  readonly place: Alone;
  readonly kilometres: number;
}

const LISTED = 20;

/** The nearest first. */
export const sorted = (places: readonly Alone[], here: Place): Sorted[] =>
  places
    .map((place) => ({ place, kilometres: distance(here, place) }))
    .sort((one, other) => one.kilometres - other.kilometres || one.place.name.localeCompare(other.place.name));

/** Where the device is, rounded nowhere because it goes nowhere. */
export const position = (): Promise<Place> =>
  new Promise((found, failed) => {
    if (!("geolocation" in navigator)) {
      failed(new Error("no geolocation"));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found({ latitude: coords.latitude, longitude: coords.longitude }),
      failed,
      { enableHighAccuracy: false, timeout: 15_000, maximumAge: 600_000 },
    );
  });

/** The nearest places as lines of a list. */
export const lines = (nearest: readonly Sorted[], words: Words, language: string): HTMLLIElement[] =>
  nearest.slice(0, LISTED).map(({ place, kilometres }) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    const far = document.createElement("span");
    link.href = place.address;
    link.textContent = place.name;
    link.lang = "fr";
    far.className = "nu-quiet";
    far.textContent = ` ${(words.distance ?? "%d").replace("%d", distanceWords(kilometres, language))}`;
    line.append(link, far);
    return line;
  });
