/** Holds the state, applies actions in order, and sends effects off. */
import type { Action, Effect } from "./action.ts";
import type { State } from "./state.ts";
import { update } from "./update.ts";

export class Store {
  #state: State;
  readonly #listeners = new Set<() => void>();
  /** Set once the session can perform effects. */
  onEffect: (effect: Effect) => void = () => undefined;

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  readonly dispatch = (...actions: Action[]): void => {
    const wanted: Effect[] = [];
    for (const action of actions) {
      const [state, ...effects] = update(this.#state, action);
      this.#state = state;
      wanted.push(...effects);
    }
    for (const listener of this.#listeners) listener();
    for (const effect of wanted) this.onEffect(effect);
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
