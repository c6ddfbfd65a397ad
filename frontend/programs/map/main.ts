// The map of places: Leaflet over an outline of the country, or over the operator's tiles.
// The picture that the server drew stays for paper and for whoever has no program.
import * as L from "leaflet";
import { fromSite, placesNear, pointsIn, type Alone, type Drawn, type Group } from "./asking.ts";
import { aloneMark, card, groupMark, townMarks, type Words } from "./marks.ts";
import { lines, position, sorted } from "./near.ts";
import { departments } from "./outline.ts";
import type { Degrees } from "./square.ts";

const DEEPEST = 18;
/** Over tiles, how close one may look around oneself: the tiles asked for must not say where one is. */
const CLOSEST_TILES = 13;
const MAINLAND = "-5.2,41.3,9.7,51.2";

const bounds = (text: string): L.LatLngBounds => {
  const [west = 0, south = 0, east = 0, north = 0] = text.split(",").map(Number);
  return L.latLngBounds([south, west], [north, east]);
};

const degrees = (shown: L.LatLngBounds): Degrees => ({
  west: shown.getWest(),
  south: shown.getSouth(),
  east: shown.getEast(),
  north: shown.getNorth(),
});

class PlacesMap {
  private readonly root: HTMLElement;
  private readonly words: Words;
  private readonly language = document.documentElement.lang || "fr";
  private readonly map: L.Map;
  private readonly credits: L.Control.Attribution;
  private readonly marks = L.layerGroup();
  private readonly names = L.layerGroup();
  private readonly around = L.layerGroup();
  private asked: AbortController | undefined;
  private isNear = false;

  constructor(root: HTMLElement) {
    this.root = root;
    this.words = { ...document.querySelector<HTMLElement>("[data-nu-map-words]")?.dataset };
    const live = document.createElement("div");
    live.className = "nu-map__live";
    live.setAttribute("role", "region");
    live.setAttribute("aria-label", this.words.label ?? "");
    root.append(live);
    root.classList.add("nu-map--live");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = L.map(live, {
      zoomControl: false,
      attributionControl: false,
      scrollWheelZoom: false,
      maxZoom: DEEPEST,
      minZoom: 3,
      zoomSnap: 0.25,
      zoomAnimation: !calm,
      fadeAnimation: !calm,
      markerZoomAnimation: !calm,
      inertia: !calm,
      maxBounds: [
        [-60, -180],
        [75, 180],
      ],
    });
    this.credits = L.control.attribution({ position: "bottomleft", prefix: "Leaflet" }).addTo(this.map);
    L.control.zoom({ zoomInTitle: this.words.zoomIn ?? "+", zoomOutTitle: this.words.zoomOut ?? "−" }).addTo(this.map);
    this.map.on("focus", () => this.map.scrollWheelZoom.enable());
    this.map.on("blur", () => this.map.scrollWheelZoom.disable());
    this.map.on("popupopen", ({ popup }) =>
      popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", this.words.close ?? ""),
    );
    for (const layer of [this.names, this.marks, this.around]) layer.addTo(this.map);
    this.map.on("moveend", () => void this.refresh());
    this.look(root.dataset.bounds || MAINLAND);
  }

  async begin(): Promise<void> {
    this.listen();
    const { tiles, outline = "", credit = "" } = this.root.dataset;
    if (tiles) {
      this.credits.addAttribution(text(credit));
      L.tileLayer(tiles, { maxZoom: DEEPEST }).addTo(this.map);
      return;
    }
    this.credits.addAttribution(text(this.words.outlineCredit ?? ""));
    const reply = await fetch(outline);
    const renderer = L.svg({ padding: 0.5 });
    for (const rings of departments(await reply.text()).values()) {
      L.polygon(rings, { renderer, className: "nu-land", interactive: false, smoothFactor: 0.7 }).addTo(this.map);
    }
  }

  private look(text: string): void {
    this.map.fitBounds(bounds(text), { maxZoom: 10, animate: false });
  }

  private listen(): void {
    const areas = document.querySelector<HTMLElement>("[data-nu-map-areas]");
    areas?.removeAttribute("hidden");
    areas?.addEventListener("click", (event) => {
      const area = (event.target as Element).closest<HTMLElement>("[data-area]")?.dataset.area;
      if (area) this.leave(area);
    });
    if (!("geolocation" in navigator)) return;
    for (const name of ["locate", "private"]) part(name)?.removeAttribute("hidden");
    part("locate")?.addEventListener("click", () => void this.locate());
    part("leave")?.addEventListener("click", () => this.leave(MAINLAND));
  }

  /** Ask what is shown, unless the device is sorting what is around: then nothing that moves is asked for. */
  private async refresh(): Promise<void> {
    if (this.isNear) return;
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    const { points = "", query = "" } = this.root.dataset;
    try {
      const zoom = Math.round(this.map.getZoom());
      const drawn = await pointsIn(points, query, degrees(this.map.getBounds()), zoom, fromSite, asked.signal);
      if (!asked.signal.aborted && !this.isNear) this.draw(drawn);
    } catch {
      if (!asked.signal.aborted) this.say(this.words.failed ?? "");
    }
  }

  private draw({ groups, alone, towns }: Drawn): void {
    const held = this.root.contains(document.activeElement) && document.activeElement?.classList.contains("nu-mark");
    this.say("");
    this.marks.clearLayers();
    this.names.clearLayers();
    for (const group of groups) {
      groupMark(group, this.words, this.language)
        .on("click", () => this.open(group))
        .addTo(this.marks);
    }
    for (const place of alone) this.openable(aloneMark(place), place).addTo(this.marks);
    if (!this.root.dataset.tiles) for (const name of townMarks(towns, this.map)) name.addTo(this.names);
    if (held) this.map.getContainer().focus();
    this.root.dataset.drawn = `${groups.length + alone.length}`;
  }

  private openable<Mark extends L.Layer>(mark: Mark, place: Alone): Mark {
    mark.bindPopup(() => card(place.name, place.address, this.words.open ?? ""));
    return mark;
  }

  /** Look closer; where one cannot, say where the list is. */
  private open(group: Group): void {
    const at: L.LatLngExpression = [group.latitude, group.longitude];
    const zoom = this.map.getZoom();
    if (zoom < DEEPEST - 1) {
      this.map.setView(at, Math.min(DEEPEST, zoom + 2));
      return;
    }
    const list = new URLSearchParams(this.root.dataset.query);
    list.set("carre", group.square);
    const title = (this.words.group ?? "%n").replace("%n", `${group.count}`);
    const content = card(title, `${this.root.dataset.list}?${list}`, this.words.openList ?? "");
    L.popup().setLatLng(at).setContent(content).openOn(this.map);
  }

  private async locate(): Promise<void> {
    this.say(this.words.locating ?? "");
    const { around = "", query = "" } = this.root.dataset;
    let here;
    try {
      here = await position();
    } catch {
      this.say(this.words.refused ?? "");
      return;
    }
    try {
      const near = await placesNear(around, query, here, fromSite);
      this.isNear = true;
      this.asked?.abort();
      for (const layer of [this.marks, this.names, this.around]) layer.clearLayers();
      if (this.root.dataset.tiles) this.map.setMaxZoom(CLOSEST_TILES);
      const { west, south, east, north } = near.bounds;
      this.map.fitBounds([[south, west], [north, east]], { animate: false });
      const nearest = sorted(near.places, here);
      for (const { place } of nearest) {
        const look = place.isHelp ? "nu-spot nu-spot--help" : "nu-spot";
        const spot = L.circleMarker([place.latitude, place.longitude], { radius: 7, className: look });
        this.openable(spot, place).addTo(this.around);
      }
      L.circleMarker([here.latitude, here.longitude], { radius: 9, className: "nu-here" })
        .bindTooltip(this.words.here ?? "", { permanent: true, direction: "top" })
        .addTo(this.around);
      part("near-list")?.replaceChildren(...lines(nearest, this.words, this.language));
      for (const name of ["near", "leave"]) part(name)?.removeAttribute("hidden");
      const said = near.tooMany ? this.words.nearMany : nearest.length ? this.words.near : this.words.nearNone;
      this.say((said ?? "").replace("%n", `${nearest.length}`));
      document.getElementById("map-near")?.focus();
    } catch {
      this.say(this.words.failed ?? "");
    }
  }

  private leave(area: string): void {
    this.isNear = false;
    this.around.clearLayers();
    this.map.setMaxZoom(DEEPEST);
    for (const name of ["near", "leave"]) part(name)?.setAttribute("hidden", "");
    this.say("");
    this.look(area);
    void this.refresh();
  }

  private say(sentence: string): void {
    const status = part("status");
    if (status) status.textContent = sentence;
  }
}

const part = (name: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-nu-map-${name}]`);

/** Plain text for a part of Leaflet that reads HTML. */
const text = (plain: string): string => {
  const holder = document.createElement("span");
  holder.textContent = plain;
  return holder.innerHTML;
};

const root = document.querySelector<HTMLElement>("[data-nu-map]");
if (root) void new PlacesMap(root).begin();
