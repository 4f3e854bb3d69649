/** The screen-reader mode: lines that are only ever added, without borders, bars or redrawing. */
import { Static, Text } from "ink";
import { useRef, useSyncExternalStore } from "react";
import { announcements } from "./announce.ts";
import { type ScreenProps, useSession } from "./Screen.tsx";
import type { State } from "./state.ts";

export function SpokenLines({ store, onReady }: ScreenProps) {
  const state = useSyncExternalStore(store.subscribe, () => store.state);
  useSession(store, onReady);
  const spoken = useRef<{ of: State | null; lines: string[] }>({ of: null, lines: [] });
  if (spoken.current.of !== state) {
    const lines = [...spoken.current.lines, ...announcements(spoken.current.of, state)];
    spoken.current = { of: state, lines };
  }
  return <Static items={spoken.current.lines}>{(line, index) => <Text key={index}>{line}</Text>}</Static>;
}
