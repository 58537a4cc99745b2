/** Keys as they are typed. */

import { type Key, KeyReader } from "../live/mod.ts";
import type { World } from "./context.ts";

/** After Escape the rest of a longer key comes at once, if at all. */
const REST_OF_KEY_MS = 50;

/** Makes keys of what is typed. */
export function openKeys(
  clock: World["clock"],
  pressed: (key: Key) => void,
): { readonly typed: (bytes: Uint8Array) => void; readonly close: () => void } {
  const reader = new KeyReader();
  let cancel = () => {};
  return {
    typed(bytes) {
      cancel();
      for (const key of reader.take(bytes)) pressed(key);
      if (!reader.isWaiting) return;
      cancel = clock.after(REST_OF_KEY_MS, () => {
        for (const key of reader.giveUp()) pressed(key);
      });
    },
    close: () => cancel(),
  };
}
