// How long, and how much, this browser will keep: said before it matters.
import type { Fiche } from "./storage.ts";
import { megabytes, WORDS } from "./words.ts";

const LOW = 60 * 1024 * 1024;
const FULL = 0.85;
const DAY = 24 * 3600_000;
// Some browsers forget a site that was not opened for seven days.
const OLD = 3 * DAY;

export interface Estimate {
  usage?: number | undefined;
  quota?: number | undefined;
  persisted: boolean;
}

/** What is to be told, empty when there is room and nothing waits too long. */
export const warningsFor = (estimate: Estimate, fiches: readonly Fiche[], now: number): string[] => {
  const said = [];
  const { usage = 0, quota } = estimate;
  if (quota !== undefined && (quota - usage < LOW || usage > quota * FULL)) said.push(WORDS.roomLow(megabytes(Math.max(0, quota - usage))));
  if (!estimate.persisted && fiches.some((fiche) => now - fiche.begunAt > OLD)) said.push(WORDS.mayForget);
  return said;
};

export const estimated = async (): Promise<Estimate> => {
  const { storage } = navigator;
  if (!storage?.estimate) return { persisted: true };
  const [{ usage, quota }, persisted] = await Promise.all([storage.estimate(), storage.persisted?.() ?? false]);
  return { usage, quota, persisted };
};

/** Ask the browser to keep what is here; it may say no. */
export const askToKeep = async (): Promise<void> => {
  await navigator.storage?.persist?.().catch(() => false);
};
