/** One session: the store, the terminal, and what happens between them. */
import { render } from "ink";
import { inLanguage } from "../../reports/languages.ts";
import type { Action } from "./action.ts";
import { withoutMouse } from "./keys/mouse-reports.ts";
import { Screen } from "./Screen.tsx";
import { SpokenLines } from "./SpokenLines.tsx";
import type { State } from "./state.ts";
import { Store } from "./store.ts";
import { perform } from "./world/effects.ts";
import { terminalScreen } from "./world/terminal-screen.ts";

export interface SessionOptions {
  state: State;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  /** Lines that are only added, instead of a screen. */
  screenReader: boolean;
  /** The mouse is listened to: clicks, wheel. */
  mouse: boolean;
  /** Where a saved audit lies; null for logs. */
  folder: string | null;
  /** Reads on as the files grow. */
  follow(): void;
}

export interface Session {
  dispatch(...actions: Action[]): void;
  /** Settles when the user has left; rejects after a crash, with the terminal as it was before. */
  ended: Promise<unknown>;
  /** Ends it from outside. */
  fail(error: unknown): void;
}

/** After a key, preparations wait so long for the next. */
const REST_MS = 150;

export function startSession({ state, stdin, stdout, screenReader, mouse, folder, follow }: SessionOptions): Session {
  const store = new Store(state);
  let app: Parameters<Parameters<typeof Screen>[0]["onReady"]>[0] | null = null;
  const View = screenReader ? SpokenLines : Screen;
  const instance = render(<View store={store} onReady={(ready) => (app = ready)} />, {
    stdin: mouse ? withoutMouse(stdin, (press) => store.dispatch({ type: "mouse", press })) : stdin,
    stdout: terminalScreen(stdout, mouse),
    alternateScreen: !screenReader,
    incrementalRendering: !screenReader,
    isScreenReaderEnabled: screenReader,
    exitOnCtrlC: false,
    // A terminal was asked for and is there, whatever CI variables say.
    interactive: true,
    maxFps: 60,
  });
  let failure: { error: unknown } | null = null;
  const crash = (error: unknown) => {
    failure ??= { error };
    instance.unmount();
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
  store.onEffect = (effect) => {
    void inLanguage(store.state.language, () =>
      perform(effect, {
        dispatch: store.dispatch,
        result: () => store.state.result,
        folder,
        follow,
        suspend: async (work) => {
          if (app) await app.suspendTerminal(() => withoutReading(stdin, work));
        },
        write: (sequence) => stdout.write(sequence),
        quit: () => instance.unmount(),
      }),
    );
  };
  const ended = instance
    .waitUntilExit()
    .finally(() => {
      process.off("uncaughtException", crash);
      process.off("unhandledRejection", crash);
    })
    .then(() => {
      // Only now, with the terminal as it was before, can anybody read it.
      if (failure) throw failure.error;
    });
  return {
    dispatch: (...actions) => {
      store.dispatch(...actions);
      if (actions.some(({ type }) => type === "judged")) warm(store);
    },
    ended,
    fail: crash,
  };
}

/** While another program has the terminal, none of its keys may end up here: Ink stops listening, but Node reads on. */
async function withoutReading(stdin: NodeJS.ReadStream, work: () => Promise<void>): Promise<void> {
  const { _handle: handle } = stdin as { _handle?: { readStop?(): void; readStart?(): void } };
  handle?.readStop?.();
  try {
    await work();
  } finally {
    handle?.readStart?.();
  }
}

/** Prepares searching and sorting while nobody types, so that the first filter is as quick as the next. */
function warm(store: Store): void {
  const current = store.state.tables;
  const tables = Object.values(current ?? {});
  let typed = store.state;
  const step = () => {
    // Newer tables are warmed in their own turn.
    if (store.state.tables !== current) return;
    const resting = store.state === typed;
    typed = store.state;
    if (resting && inLanguage(typed.language, () => tables[0]?.warm()) === false) tables.shift();
    if (tables.length > 0) setTimeout(step, resting ? 0 : REST_MS).unref();
  };
  setTimeout(step, REST_MS).unref();
}
