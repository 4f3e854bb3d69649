/** Draws a frame, and listens to the keys. */
import { Box, Text, useApp, useCursor, useInput, usePaste, useWindowSize } from "ink";
import { memo, useEffect, useSyncExternalStore } from "react";
import { frameOf } from "./frames/frame.ts";
import { keyPresses } from "./keys/key-name.ts";
import { type Line, painted } from "./look.ts";
import type { Store } from "./store.ts";

export interface ScreenProps {
  store: Store;
  /** Told how to hand the terminal over, and how to end. */
  onReady: (app: ReturnType<typeof useApp>) => void;
}

export function Screen({ store, onReady }: ScreenProps) {
  const state = useSyncExternalStore(store.subscribe, () => store.state);
  useSession(store, onReady);
  const { setCursorPosition } = useCursor();
  const { lines, cursor } = frameOf(state);
  setCursorPosition(cursor ?? undefined);
  return (
    <Box flexDirection="column" height={state.rows} width={state.columns}>
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place
        <Row key={row} text={paintedLine(line, state.look)} />
      ))}
    </Box>
  );
}

const Row = memo(function Row({ text }: { text: string }) {
  return <Text wrap="truncate-end">{text}</Text>;
});

/** An empty text takes no row in Ink. */
function paintedLine(line: Line, look: Parameters<typeof painted>[1]): string {
  return painted(line, look) || " ";
}

/** Keys, pastes and resizes into the store. */
export function useSession(store: Store, onReady: ScreenProps["onReady"]): void {
  const app = useApp();
  const { columns, rows } = useWindowSize();
  useEffect(() => onReady(app), [app, onReady]);
  useEffect(() => store.dispatch({ type: "resize", columns, rows }), [store, columns, rows]);
  usePaste((text) => store.dispatch({ type: "paste", text }));
  useInput((input, key) => {
    const actions = keyPresses(input, key).map((press) => ({ type: "key", press }) as const);
    if (actions.length > 0) store.dispatch(...actions);
  });
}
