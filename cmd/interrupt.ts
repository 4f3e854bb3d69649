/** Ctrl-C as a wish to end well: the first one is a signal to the work, a second ends the program at once. */

export function untilInterrupted(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  const release = () => {
    for (const name of signals) process.off(name, onSignal);
  };
  const onSignal = () => {
    release();
    controller.abort();
  };
  for (const name of signals) process.on(name, onSignal);
  return { signal: controller.signal, release };
}
