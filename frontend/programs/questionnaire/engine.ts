// The engine that computes forms: opening one, and hearing that something in it changed.
import { loadForm, type AnyNode, type InstanceData, type RootNode } from "@getodk/xforms-engine";
import { attachmentsFrom, type KeptText } from "./attachments.ts";

export const ENGINE = "@getodk/xforms-engine 0.22.0";

export interface OpenForm {
  root: RootNode;
  /** Call it after each change; what it returns ends that. */
  onChange: (listener: () => void) => () => void;
}

export class FormFailure extends Error {}

export interface KeptFile {
  name: string;
  blob: Blob;
}

/** The name that a file has in the answer: ours, so that it never depends on what a phone calls it. */
const fileName = (meta: { writtenAt: Date; extension: string | null }): string =>
  `${meta.writtenAt.getTime()}-${crypto.randomUUID().slice(0, 8)}${meta.extension ?? ""}`;

/** Open a form, anew or as `draft` left it. Throws FormFailure when the engine can't. */
export const openForm = async (
  xform: string,
  draft?: { xml: string; files: KeptFile[] },
  lists: readonly KeptText[] = [],
): Promise<OpenForm> => {
  const listeners = new Set<() => void>();
  let told = false;
  const tell = (): void => {
    if (told) return;
    told = true;
    queueMicrotask(() => {
      told = false;
      for (const listener of listeners) listener();
    });
  };
  const stateFactory = <T extends object>(state: T): T =>
    new Proxy(state, {
      set(target, key, value) {
        tell();
        return Reflect.set(target, key, value);
      },
    });
  const loaded = await loadForm(xform, { fetchFormAttachment: attachmentsFrom(lists) });
  if (loaded.status === "failure") throw new FormFailure(String(loaded.error.message));
  const config = { stateFactory, instanceAttachments: { fileNameFactory: fileName } };
  const instance = draft
    ? await loaded.restoreInstance({ data: [dataOf(draft)] }, config)
    : loaded.createInstance(config);
  return {
    root: instance.root,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const dataOf = (draft: { xml: string; files: KeptFile[] }): InstanceData => {
  const data = new FormData();
  data.set("xml_submission_file", new File([draft.xml], "xml_submission_file", { type: "text/xml" }));
  for (const { name, blob } of draft.files) data.set(name, new File([blob], name, { type: blob.type }));
  return data as unknown as InstanceData;
};

/** The answer as it will be sent: without what does not apply, with the hour of the end. */
export const answerOf = async (root: RootNode): Promise<{ xml: string; complete: boolean }> => {
  const payload = await root.prepareInstancePayload({ payloadType: "monolithic" });
  const file = payload.data[0].get("xml_submission_file") as unknown as File;
  return { xml: await file.text(), complete: payload.status === "ready" };
};

export const childrenOf = (node: AnyNode): readonly AnyNode[] => (node.currentState.children ?? []) as readonly AnyNode[];

/** Whether somebody sees it: it applies, and it is asked or read. */
export const isShown = (node: AnyNode): boolean => {
  if (!node.currentState.relevant) return false;
  if (node.nodeType === "model-value") return false;
  if (node.nodeType === "group" || node.nodeType === "repeat-instance") return childrenOf(node).some(isShown);
  return true;
};
