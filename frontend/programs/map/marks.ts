// What stands on the map: circles with a number, places alone, names of towns.
import * as L from "leaflet";
import type { Alone, Group, Town } from "./asking.ts";

/** The sentences of the page, by the end of their data attribute. */
export type Words = Readonly<Record<string, string | undefined>>;

const TARGET = 44;

const icon = (name: string, text: string): L.DivIcon => {
  const inner = document.createElement("span");
  inner.textContent = text;
  return L.divIcon({ className: `nu-mark ${name}`, html: inner, iconSize: [TARGET, TARGET] });
};

const named = (marker: L.Marker, label: string): L.Marker =>
  marker.on("add", () => marker.getElement()?.setAttribute("aria-label", label));

/** How large a circle is drawn: one to four. */
export const size = (count: number): number => Math.min(4, Math.max(1, Math.ceil(Math.log10(count + 1))));

export const groupMark = ({ latitude, longitude, count }: Group, words: Words, language: string): L.Marker => {
  const number = new Intl.NumberFormat(language).format(count);
  const label = (words.group ?? "%n").replace("%n", number);
  return named(L.marker([latitude, longitude], { icon: icon(`nu-mark--${size(count)}`, number) }), label);
};

export const aloneMark = (place: Alone): L.Marker => {
  const look = place.isHelp ? "nu-mark--help" : "nu-mark--alone";
  const marker = L.marker([place.latitude, place.longitude], { icon: icon(look, "") });
  return named(marker, place.name).bindTooltip(place.name, { direction: "top", offset: [0, -10] });
};

/** The names of towns that stand clear of those already written; the largest come first. */
export const townMarks = (towns: readonly Town[], map: L.Map): L.Marker[] => {
  const taken: L.Point[] = [];
  return towns.flatMap(({ name, latitude, longitude }) => {
    const at = map.latLngToContainerPoint([latitude, longitude]);
    if (taken.some((other) => Math.abs(other.x - at.x) < 100 && Math.abs(other.y - at.y) < 34)) return [];
    taken.push(at);
    const text = document.createElement("span");
    text.textContent = name;
    const look = L.divIcon({ className: "nu-town", html: text, iconSize: [0, 0] });
    const marker = L.marker([latitude, longitude], { icon: look, interactive: false, keyboard: false, zIndexOffset: -900 });
    return [marker.on("add", () => marker.getElement()?.setAttribute("aria-hidden", "true"))];
  });
};

/** What opens over a mark: a title and one link. */
export const card = (title: string, address: string, action: string): HTMLElement => {
  const box = document.createElement("div");
  const heading = document.createElement("p");
  const link = document.createElement("a");
  heading.textContent = title;
  heading.className = "nu-map-card__title";
  link.href = address;
  link.textContent = action;
  box.append(heading, link);
  return box;
};
